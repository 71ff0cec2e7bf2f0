// Filters the report. It reads only attributes that the report's writer escaped, and writes only `hidden` and text.
"use strict";
(function () {
  var events = Array.prototype.slice.call(document.querySelectorAll("details.event"));
  var actor = document.getElementById("by-actor"), kind = document.getElementById("by-kind"),
    status = document.getElementById("by-status");
  var words = document.getElementById("by-words"), differs = document.getElementById("only-differs");
  var shown = document.getElementById("shown");
  var fold = function (text) { return text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase(); };
  var texts = events.map(function (event) { return fold(event.textContent); });

  function apply() {
    var wanted = fold(words.value.trim()), count = 0;
    events.forEach(function (event, i) {
      var fits = (!actor.value || (" " + event.dataset.actors + " ").indexOf(" " + actor.value + " ") >= 0) &&
        (!kind.value || event.dataset.kind === kind.value) &&
        (!status.value || event.dataset.status === status.value) &&
        (!differs.checked || event.dataset.differs === "1") &&
        (!wanted || texts[i].indexOf(wanted) >= 0);
      event.hidden = !fits;
      if (fits) count += 1;
      var dot = document.getElementById("dot-" + event.id);
      if (dot) dot.style.display = fits ? "" : "none";
    });
    document.querySelectorAll(".year-group").forEach(function (group) {
      group.hidden = !group.querySelector("details.event:not([hidden])");
    });
    shown.textContent = count + " of " + events.length;
  }
  function open_target() {
    var target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (target && target.tagName === "DETAILS") { target.open = true; target.scrollIntoView({ block: "center" }); }
  }
  if (words) {
    [actor, kind, status, differs].forEach(function (one) { one.addEventListener("change", apply); });
    words.addEventListener("input", apply);
    document.getElementById("filters").hidden = false;
    apply();
  }
  var said = Array.prototype.slice.call(document.querySelectorAll(".one-said"));
  var said_texts = said.map(function (one) { return fold(one.textContent); });
  var theme = document.getElementById("said-words"), said_shown = document.getElementById("said-shown");
  function apply_theme() {
    var wanted = fold(theme.value.trim()), count = 0;
    said.forEach(function (one, i) {
      one.hidden = wanted !== "" && said_texts[i].indexOf(wanted) < 0;
      if (!one.hidden) count += 1;
    });
    document.querySelectorAll("details.speaker").forEach(function (speaker) {
      speaker.hidden = !speaker.querySelector(".one-said:not([hidden])");
      if (wanted) speaker.open = true;
    });
    said_shown.textContent = count + " of " + said.length;
  }
  if (theme) {
    theme.addEventListener("input", apply_theme);
    document.getElementById("said-filters").hidden = false;
    apply_theme();
  }
  document.querySelectorAll("form.filters").forEach(function (form) {
    form.addEventListener("submit", function (event) { event.preventDefault(); });
  });
  window.addEventListener("hashchange", open_target);
  open_target();
})();

// Filters the report. It reads only attributes that the report's writer escaped, and writes only `hidden` and text.
"use strict";
(function () {
  var events = Array.prototype.slice.call(document.querySelectorAll("details.event"));
  var actor = document.getElementById("by-actor"), kind = document.getElementById("by-kind");
  var words = document.getElementById("by-words"), differs = document.getElementById("only-differs");
  var shown = document.getElementById("shown");
  var fold = function (text) { return text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase(); };
  var texts = events.map(function (event) { return fold(event.textContent); });

  function apply() {
    var wanted = fold(words.value.trim()), count = 0;
    events.forEach(function (event, i) {
      var fits = (!actor.value || (" " + event.dataset.actors + " ").indexOf(" " + actor.value + " ") >= 0) &&
        (!kind.value || event.dataset.kind === kind.value) &&
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
  [actor, kind, differs].forEach(function (one) { one.addEventListener("change", apply); });
  words.addEventListener("input", apply);
  window.addEventListener("hashchange", open_target);
  document.getElementById("filters").hidden = false;
  apply();
  open_target();
})();

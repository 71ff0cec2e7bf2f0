// Runs chrono-node and Recognizers-Text over texts, for bench/time_peers.py, which says what for.
//
//   node time_peers.js TEXTS.json      with NODE_PATH naming the folder of the packages
//
// TEXTS: [{text, day}]. Prints {engine: {found: [[{span, value, values}]], seconds}}; spans in UTF-16 units, which for
// these texts are code points. A missing package gives null.
"use strict";
const fs = require("fs");

function package_named(name) {
  try {
    return require(name);
  } catch {
    return null;
  }
}

const two = (number) => String(number).padStart(2, "0");

// What chrono-node is certain of, as TIMEX3 would write it.
function chrono_value(start) {
  const year = String(start.get("year")).padStart(4, "0");
  let value = year;
  const day = start.isCertain("day") || start.isCertain("weekday") || start.isCertain("hour");
  if (day || start.isCertain("month")) value += "-" + two(start.get("month"));
  if (day) value += "-" + two(start.get("day"));
  if (start.isCertain("hour")) value += "T" + two(start.get("hour")) + ":" + two(start.get("minute") ?? 0);
  return value;
}

function with_chrono(chrono) {
  return ({ text, day }) =>
    chrono.fr.parse(text, new Date(day + "T12:00:00")).map((one) => ({
      span: [one.index, one.index + one.text.length],
      values: [chrono_value(one.start)],
    }));
}

// Every reading that Recognizers-Text gives counts, so an ambiguity is not held against it.
function with_recognizers(recognizers) {
  return ({ text, day }) =>
    recognizers.recognizeDateTime(text, "fr-fr", undefined, new Date(day + "T12:00:00")).map((one) => {
      const values = [];
      for (const reading of (one.resolution && one.resolution.values) || []) {
        if (reading.timex) values.push(reading.timex);
        for (const key of ["value", "start"])
          if (typeof reading[key] === "string") values.push(reading[key].replace(" ", "T").replace(/:00$/, ""));
      }
      return { span: [one.start, one.end + 1], values };
    });
}

function run(texts, parse) {
  parse(texts[0]); // compiles the engine's expressions
  const start = process.cpuUsage();
  const found = texts.map(parse);
  const used = process.cpuUsage(start);
  return { found, seconds: (used.user + used.system) / 1e6 };
}

const texts = JSON.parse(fs.readFileSync(process.argv[2], "utf8"));
const chrono = package_named("chrono-node");
const recognizers = package_named("@microsoft/recognizers-text-date-time");
console.log(
  JSON.stringify({
    "chrono-node": chrono && run(texts, with_chrono(chrono)),
    "Recognizers-Text": recognizers && run(texts, with_recognizers(recognizers)),
  }),
);

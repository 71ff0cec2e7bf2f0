// Runs readability.js over pages, for bench/page_readability.py: takes a list of files, prints one JSON object a line
// with what it found, and last the processor seconds it took (parsing with jsdom included).
const fs = require("fs");
const { createRequire } = require("module");
const from = createRequire(process.argv[2] + "/");
const { JSDOM, VirtualConsole } = from("jsdom");
const { Readability } = from("@mozilla/readability");

const pages = fs.readFileSync(process.argv[3], "utf8").split("\n").filter(Boolean).map((p) => [p, fs.readFileSync(p, "utf8")]);
const quiet = new VirtualConsole();
const found = [];
const start = process.cpuUsage();
for (const [path, html] of pages) {
  let article = null;
  try {
    article = new Readability(new JSDOM(html, { url: "http://fakehost/test/", virtualConsole: quiet }).window.document).parse();
  } catch (error) {
    article = null;
  }
  found.push([path, article]);
}
const spent = process.cpuUsage(start);
for (const [path, article] of found) {
  const { textContent = "", title = "", byline = "", lang = "", siteName = "", publishedTime = "" } = article || {};
  const content = article ? article.content : "";
  console.log(JSON.stringify({ path, text: textContent, content, title, byline, lang, siteName, publishedTime }));
}
console.log(JSON.stringify({ seconds: (spent.user + spent.system) / 1e6 }));

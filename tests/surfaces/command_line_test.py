"""Runs the program as a user does: the sample pages in, every format out, each checked against its schema and each span
against the page's text; bad pages; a run killed in the middle; orders and thread counts.

usage: command_line_test.py CHANCERY SOURCE_DIRECTORY [TEST…]

CHANCERY_SHUFFLES=200 tries so many orders of the sample pages instead of four.
"""
import http.client
import json
import os
import pathlib
import random
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
import unittest
import urllib.parse
import xml.etree.ElementTree

import jsonschema

CHANCERY = pathlib.Path(sys.argv[1]).resolve()
SOURCE = pathlib.Path(sys.argv[2]).resolve()
PAGES = sorted(p for p in (SOURCE / "examples" / "arms-talks").iterdir() if p.suffix in (".html", ".txt"))
READING = json.loads((SOURCE / "docs" / "reading.schema.json").read_text())
RECORD = json.loads((SOURCE / "docs" / "record.schema.json").read_text())


def run(*arguments, stdin=None, status=0):
    done = subprocess.run([CHANCERY, *map(str, arguments)], input=stdin, capture_output=True, check=False)
    assert done.returncode == status, (arguments, done.returncode, done.stderr.decode()[-2000:])
    return done


def readings(*arguments, status=0, stdin=None):
    done = run("read", *arguments, status=status, stdin=stdin)
    return [json.loads(line) for line in done.stdout.decode().splitlines()]


def reading_validator():
    return jsonschema.Draft202012Validator(READING)


def record_validator():
    store = {READING["$id"]: READING, RECORD["$id"]: RECORD}
    resolver = jsonschema.RefResolver.from_schema(RECORD, store=store)
    return jsonschema.Draft202012Validator(RECORD, resolver=resolver)


class Reading(unittest.TestCase):
    def test_each_sample_page_gives_a_reading_of_the_published_shape(self):
        validator = reading_validator()
        found = readings(*PAGES)
        self.assertEqual(len(found), len(PAGES))
        for one in found:
            for error in validator.iter_errors(one):
                self.fail(f"{one['document']['uri']}: {error.message} at {list(error.absolute_path)}")

    def test_every_span_lies_in_the_text_and_statements_are_its_words(self):
        for path, one in zip(PAGES, readings(*PAGES)):
            text = run("read", "--text", path).stdout.decode()
            length = one["document"]["length"]
            self.assertLessEqual(length, len(text))

            def spans(value):
                if isinstance(value, dict):
                    for key, inner in value.items():
                        if key in ("span", "trigger", "sentence", "speaker_span", "evidence") and isinstance(inner, list):
                            yield inner
                        else:
                            yield from spans(inner)
                elif isinstance(value, list):
                    for inner in value:
                        yield from spans(inner)

            for begin, end in spans(one):
                self.assertTrue(0 <= begin < end <= length, (path, begin, end))
            for statement in one["statements"]:
                words = text[slice(*statement["span"])]
                self.assertEqual(words, words.strip(), path)

    def test_pages_are_read_from_standard_input_and_jsonl(self):
        text = PAGES[-1].read_bytes() if PAGES[-1].suffix == ".txt" else b""
        one = readings("-", stdin=text)
        self.assertEqual(len(one), 1)
        rows = [{"id": "a", "text": "Le président a rencontré le ministre mardi à Paris.", "published": "2020-05-05"},
                {"id": "b", "text": "Une autre page, qui ne dit pas son jour.", "published": None}]
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "pages.jsonl"
            path.write_text("\n".join(json.dumps(row) for row in rows))
            found = readings(path)
        self.assertEqual([one["document"]["published"] and one["document"]["published"]["value"] for one in found],
                         ["2020-05-05", None])

    def test_conllu_has_ten_columns(self):
        for line in run("read", "--conllu", PAGES[0]).stdout.decode().splitlines():
            if line and not line.startswith("#"):
                self.assertEqual(line.count("\t"), 9, line)


class Who(unittest.TestCase):
    def test_names_and_titles_are_answered_for_people_and_programs(self):
        title = "le ministre russe des Affaires étrangères"
        self.assertIn("Ivanov", run("who", title, "--on", "2003-06-01").stdout.decode())
        rows = [json.loads(line) for line in run("who", title, "--on", "2003-06-01", "--json").stdout.splitlines()]
        self.assertEqual(rows[0]["kind"], "office")
        person = next(one for one in rows if one["kind"] == "person")
        self.assertIn("Ivanov", person["name"])
        self.assertEqual(person["state"], "state/RUS")
        office = next(one for one in person["offices"] if one["id"] == "office/foreign-minister/RUS")
        self.assertTrue(office["start"] <= "2003-06-01" <= office["end"])
        nothing = run("who", "Zzyzx Qwrtp", "--json")
        self.assertEqual(nothing.stdout, b"")
        self.assertIn("nothing known", nothing.stderr.decode())


class BadPages(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp())

    def tearDown(self):
        shutil.rmtree(self.folder)

    def page(self, name, content):
        path = self.folder / name
        path.write_bytes(content)
        return path

    def test_each_bad_page_is_named_and_the_rest_is_read(self):
        bad = [self.page("empty.txt", b""), self.page("white.txt", b" \n\t \n"),
               self.page("binary.bin", random.Random(7).randbytes(20000))]
        done = run("read", bad[0], PAGES[0], bad[1], bad[2], self.folder / "missing.txt", PAGES[1], status=1)
        self.assertEqual(len(done.stdout.splitlines()), 2)
        for path in [*bad, self.folder / "missing.txt"]:
            self.assertIn(path.name, done.stderr.decode())

    def test_strange_pages_are_read(self):
        sentence = "Le ministre a rencontré son homologue à Vienne."
        strange = {
            "half.txt": (sentence * 3).encode() + b"\xc3",
            "utf16.txt": (sentence * 3).encode("utf-16"),
            "latin.html": ("<html><body><p>" + sentence * 3 + "</p></body></html>").encode("latin-1"),
            "nested.html": b"<div>" * 100000 + sentence.encode() + b"</div>" * 100000,
            "attributes.html": b"<p " + b"a=b " * 200000 + b">" + (sentence * 3).encode() + b"</p>",
            "nul.html": b"<p>\0" + (sentence * 3).encode() + b"\0</p>",
        }
        for name, content in strange.items():
            with self.subTest(name):
                done = subprocess.run([CHANCERY, "read", self.page(name, content)], capture_output=True, check=False,
                                      timeout=120)
                self.assertIn(done.returncode, (0, 1), name)
                if done.returncode == 1:
                    self.assertIn(name, done.stderr.decode())
                else:
                    self.assertIn("Vienne", run("read", "--text", self.folder / name).stdout.decode(), name)

    def test_a_page_of_one_long_line_is_read(self):
        path = self.page("line.txt", "Le ministre a parlé lundi à Vienne. ".encode() * 150000)  # 5 MB
        done = subprocess.run([CHANCERY, "read", path], capture_output=True, check=False, timeout=300)
        self.assertIn(done.returncode, (0, 1))

    def test_wrong_use_is_status_2(self):
        run("read", status=2)
        run("timeline", self.folder / "no-such-record", status=2)
        run("read", PAGES[0], "--published", "yesterday", status=2)
        run("export", self.folder / "x", "--format", "cobol", status=2)
        self.assertIn("negotiate", run("timeline", self.folder / "x", "--kind", "dance", status=2).stderr.decode())
        self.assertIn("is no record", run("timeline", SOURCE / "README.md", status=2).stderr.decode())


class Records(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp())

    def tearDown(self):
        shutil.rmtree(self.folder)

    def export(self, record, kind="json"):
        return run("export", record, "--format", kind).stdout

    def record_of(self, name, pages, *arguments):
        record = self.folder / name
        run("add", record, *pages, *arguments)
        return record

    def test_the_export_has_the_published_shape_and_every_fact_has_evidence(self):
        export = json.loads(self.export(self.record_of("a", PAGES)))
        for error in record_validator().iter_errors(export):
            self.fail(f"{error.message} at {list(error.absolute_path)}")
        documents = {one["id"] for one in export["documents"]}
        self.assertEqual(len(documents), len(PAGES))
        for event in export["events"]:
            for one in event["evidence"]:
                self.assertIn(one["document"], documents)

    def test_any_order_any_threads_any_runs_give_the_same_bytes(self):
        expected = self.export(self.record_of("straight", PAGES, "--jobs", "1"))
        for seed in range(int(os.environ.get("CHANCERY_SHUFFLES", "4"))):
            shuffled = PAGES[:]
            random.Random(seed).shuffle(shuffled)
            record = self.folder / f"shuffled{seed}"
            middle = len(shuffled) // 2
            run("add", record, *shuffled[:middle], "--jobs", "2")
            if seed % 2 == 1:
                process = subprocess.Popen([CHANCERY, "add", record, *shuffled], stderr=subprocess.DEVNULL)
                time.sleep(0.01 * (seed % 13))
                process.send_signal(signal.SIGKILL)
                process.wait()
            run("timeline", record)
            run("add", record, *shuffled[middle:], "--jobs", "1")
            self.assertEqual(self.export(record), expected)

    def test_adding_twice_changes_nothing(self):
        record = self.record_of("twice", PAGES)
        before = self.export(record)
        run("add", record, *PAGES)
        self.assertEqual(self.export(record), before)

    def test_a_killed_run_goes_on_where_it_stopped(self):
        pages = self.folder / "pages"
        pages.mkdir()
        for copy in range(12):
            for path in PAGES:
                content = path.read_bytes()
                ending = f"\n<!-- copy {copy} -->\n" if path.suffix == ".html" else f"\n\nExemplaire {copy}\n"
                (pages / f"{copy:02}-{path.name}").write_bytes(content + ending.encode())
        expected = self.export(self.record_of("undisturbed", [pages]))
        record = self.folder / "killed"
        for wait in (0.05, 0.15, 0.3):
            process = subprocess.Popen([CHANCERY, "add", record, pages], stderr=subprocess.DEVNULL)
            time.sleep(wait)
            process.send_signal(signal.SIGKILL)
            process.wait()
        run("add", record, pages)
        self.assertEqual(self.export(record), expected)

    def test_queries_answer_for_people_and_programs(self):
        record = self.record_of("asked", PAGES)
        timeline = run("timeline", record).stdout.decode()
        self.assertIn("1987-12-08", timeline)
        for line in run("timeline", record, "--actor", "gorbatchev", "--json").stdout.decode().splitlines():
            names = [one["name"] for slot in ("actors", "targets", "mediators") for one in json.loads(line)[slot]]
            self.assertTrue(any("Gorbatchev" in name for name in names), names)
        run("statements", record, "--by", "Gorbatchev")
        run("commitments", record)
        found = run("search", record, "desarmement", "--json")
        self.assertEqual(found.returncode, 0)
        for event in json.loads(self.export(record))["events"][:5]:
            self.assertIn(event["id"], run("show", record, event["id"]).stdout.decode())
        run("show", record, "event/none", status=2)
        nobody = run("timeline", record, "--actor", "Gorbatchev", "--with", "Zzyzx")
        self.assertEqual(nobody.stdout, b"")
        self.assertIn("'Zzyzx'", nobody.stderr.decode())
        self.assertNotIn("'Gorbatchev'", nobody.stderr.decode())
        self.assertEqual(len(self.export(record, "csv").splitlines()) >= 10, True)
        for line in self.export(record, "jsonl").decode().splitlines():
            self.assertIn("type", json.loads(line))

    def test_each_format_is_what_its_readers_expect(self):
        hostile = self.folder / "hostile.txt"
        hostile.write_text('Sommet "]]><script>; à Vienne,\n\nLe ministre russe des Affaires étrangères a rencontré mardi à Vienne '
                           "son homologue américain, </text>\\ <b>&amp;, a annoncé le Kremlin.\n")
        record = self.record_of("formats", [hostile, *PAGES], "--published", "1991-02-05")
        events = json.loads(self.export(record))["events"]
        names = {one["name"] for event in events for slot in ("actors", "targets", "mediators") for one in event[slot]}
        for line in self.export(record, "plover").decode().splitlines():
            one = json.loads(line)
            self.assertRegex(one["date"], r"^\d{4}-\d\d-\d\d$")
            self.assertTrue(one["event"][0].isupper())
            self.assertIsInstance(one["actor"], list)
        timeline = json.loads(self.export(record, "timelinejs"))
        self.assertTrue(timeline["events"])
        for one in timeline["events"]:
            self.assertIn("year", one["start_date"])
            self.assertNotIn("<script", one["text"]["text"])
            self.assertNotIn("<b>", one["text"]["text"])
        graph = xml.etree.ElementTree.fromstring(self.export(record, "gexf"))
        space = "{http://www.gexf.net/1.2draft}"
        nodes = {one.get("id"): one.get("label") for one in graph.iter(space + "node")}
        self.assertEqual(set(nodes.values()) - names, set())
        edges = list(graph.iter(space + "edge"))
        self.assertTrue(edges)
        for one in edges:
            self.assertTrue(one.get("source") in nodes and one.get("target") in nodes)
        calendar = self.export(record, "ics").decode()
        self.assertTrue(calendar.startswith("BEGIN:VCALENDAR\r\n") and calendar.endswith("END:VCALENDAR\r\n"))
        self.assertEqual(calendar.count("BEGIN:VEVENT"), calendar.count("END:VEVENT"))
        self.assertTrue(all(len(line.encode()) <= 75 for line in calendar.split("\r\n")))
        for line in calendar.replace("\r\n ", "").split("\r\n"):
            self.assertRegex(line, r"^([A-Z-]+(;[A-Z]+=[A-Z]+)?:.*)?$")
        turtle = self.export(record, "ttl").decode()
        self.assertEqual(turtle.count(" a sem:Event ;"), len(events))
        for line in turtle.splitlines():
            self.assertEqual(line.replace('\\\\', "").replace('\\"', "").count('"') % 2, 0, line)

    def test_verify_names_what_was_tampered_with(self):
        record = self.record_of("verified", PAGES)
        run("verify", record)
        with sqlite3.connect(record) as database:
            uri, text = database.execute("SELECT uri, text FROM document ORDER BY number LIMIT 1").fetchone()
            database.execute("UPDATE document SET text = ? WHERE uri = ?", (text[:200] + "X" + text[201:], uri))
        done = run("verify", record, status=1)
        self.assertIn(uri, done.stdout.decode())
        self.assertTrue(all(line.startswith(uri) for line in done.stdout.decode().splitlines()))

    def test_nothing_from_a_page_runs_in_the_report(self):
        hostile = self.folder / "hostile.txt"
        hostile.write_text('Sommet <script>alert("x")</script> à Vienne\n\nLe ministre russe des Affaires étrangères a '
                           "rencontré mardi à Vienne son homologue américain, <img src=x onerror=alert(1)> a annoncé le "
                           "Kremlin. « Nous avons </blockquote><script>alert(2)</script> parlé », a-t-il déclaré.\n")
        record = self.record_of("hostile", [hostile, *PAGES], "--published", "2020-02-04")
        report = self.folder / "report.html"
        run("report", record, "-o", report)
        html = report.read_text()
        self.assertEqual(html.count("<script"), 1)
        self.assertNotIn("<img", html)
        self.assertIn("Content-Security-Policy", html)
        self.assertNotIn("unsafe-inline", html)


class Served(unittest.TestCase):
    # Written as entities, so that the page's text itself holds the marks.
    HOSTILE = ("<html><body><article><h1>Sommet à Vienne</h1><p>Le ministre russe des Affaires étrangères a rencontré mardi à "
               "Vienne son homologue américain, &lt;img src=x onerror=alert(1)&gt; a annoncé le Kremlin.</p><p>« Nous avons "
               "&lt;/blockquote&gt;&lt;script&gt;alert(2)&lt;/script&gt; parlé », a-t-il déclaré.</p></article></body></html>")

    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(tempfile.mkdtemp())
        cls.record = cls.folder / "served"
        hostile = cls.folder / "hostile.html"
        hostile.write_text(cls.HOSTILE)
        run("add", cls.record, hostile, "--published", "1991-02-05")
        run("add", cls.record, *PAGES)
        cls.process = subprocess.Popen([CHANCERY, "serve", cls.record, "--port", "0"], stderr=subprocess.PIPE)
        cls.port = int(cls.process.stderr.readline().decode().rsplit(":", 1)[1].strip("/\n"))

    @classmethod
    def tearDownClass(cls):
        cls.process.kill()
        cls.process.wait()
        cls.process.stderr.close()
        shutil.rmtree(cls.folder)

    def ask(self, path, expected=200, method="GET", host=None, **query):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        address = path + ("?" + urllib.parse.urlencode(query) if query else "")
        connection.request(method, address, headers={"Host": host} if host else {})
        response = connection.getresponse()
        body = response.read().decode()
        self.assertEqual(response.status, expected, (address, body[:300]))
        connection.close()
        return body, response

    def test_programs_get_what_the_commands_print(self):
        for path, arguments, query in (("timeline", ["--actor", "gorbatchev"], {"actor": "gorbatchev"}),
                                       ("timeline", ["--from", "1986", "--to", "1987-06"], {"from": "1986", "to": "1987-06"}),
                                       ("timeline", ["--as-of", "1986-01-01"], {"as_of": "1986-01-01"}),
                                       ("statements", ["--by", "Reagan"], {"by": "Reagan"}),
                                       ("commitments", ["--status", "open"], {"status": "open"})):
            printed = [json.loads(line) for line in run(path, self.record, *arguments, "--json").stdout.splitlines()]
            self.assertTrue(printed, path)
            self.assertEqual(json.loads(self.ask("/api/" + path, **query)[0]), printed)
        found = [json.loads(line) for line in run("search", self.record, "traité", "--json").stdout.splitlines()]
        self.assertEqual([one["document"]["id"] for one in json.loads(self.ask("/api/search", words="traité")[0])],
                         [one["document"]["id"] for one in found])
        one = json.loads(self.ask("/api/timeline", kind="meet")[0])[0]
        self.assertEqual(json.loads(self.ask("/api/show", id=one["id"])[0]), one)

    def test_every_page_for_people_is_whole_and_runs_nothing_of_a_page(self):
        events = json.loads(self.ask("/api/timeline")[0])
        statements = json.loads(self.ask("/api/statements")[0])
        commitments = json.loads(self.ask("/api/commitments")[0])
        document = events[0]["evidence"][0]["document"]
        hostile = [one["document"]["id"] for one in json.loads(self.ask("/api/search", words="Kremlin homologue alert")[0])]
        self.assertEqual(len(hostile), 1)
        shown = [events[0]["id"], statements[0]["id"], commitments[0]["id"], "Gorbatchev", document, hostile[0]]
        pages = [self.ask("/"), self.ask("/", actor="Gorbatchev"), self.ask("/statements"), self.ask("/commitments"),
                 self.ask("/search"), self.ask("/search", words="Kremlin homologue alert"), *(self.ask("/show", id=one) for one in shown)]
        for body, response in pages:
            self.assertIn("</html>", body)
            self.assertEqual(body.count("<script"), 1)
            self.assertNotIn("<img", body)
            policy = response.getheader("Content-Security-Policy")
            self.assertIn("default-src 'none'", policy)
            self.assertNotIn("unsafe", policy)
        self.assertIn("&lt;script&gt;alert(2)", pages[-1][0])
        self.assertIn('value="&quot;&gt;&lt;script&gt;"', self.ask("/", actor='"><script>')[0])

    def test_what_is_not_there_and_wrong_questions_are_said(self):
        self.ask("/show", 404, id="event/none")
        self.ask("/api/show", 404, id="event/none")
        self.ask("/nowhere", 404)
        self.ask("/", 400, **{"from": "yesterday"})
        self.ask("/api/timeline", 400, as_of="someday")

    def test_only_this_machine_and_only_reading(self):
        self.ask("/", 403, host="evil.example")
        self.ask("/", 200, host=f"localhost:{self.port}")
        self.ask("/", 405, method="POST")
        self.assertEqual(self.ask("/", method="HEAD")[0], "")
        with self.assertRaises(OSError):
            socket.create_connection((socket.gethostbyname(socket.gethostname()), self.port), timeout=5).close()
            self.assertTrue(socket.gethostbyname(socket.gethostname()).startswith("127."), "bound to other addresses")
            raise OSError

    def test_who_sends_slowly_or_rubbish_makes_nobody_wait(self):
        slow = [socket.create_connection(("127.0.0.1", self.port)) for _ in range(5)]
        for one in slow:
            one.sendall(b"GET / HT")
        for rubbish in (b"\r\n\r\n", b"\0" * 50 + b"\r\n\r\n", b"GET\r\n\r\n", b"x" * 40000, b"GET /%zz%4 HTTP/1.1\r\n\r\n"):
            with socket.create_connection(("127.0.0.1", self.port)) as one:
                try:
                    one.sendall(rubbish)
                    one.recv(100)
                except OSError:
                    pass
        started = time.monotonic()
        self.ask("/commitments")
        self.assertLess(time.monotonic() - started, 5)
        for one in slow:
            one.close()

    def test_pages_added_meanwhile_are_seen(self):
        before = len(json.loads(self.ask("/api/search", words="Brasilia")[0]))
        late = self.folder / "late.txt"
        late.write_text("Le président du Brésil a rencontré lundi à Brasilia le président de l'Argentine.\n")
        run("add", self.record, late, "--published", "1991-03-05")
        self.assertEqual(len(json.loads(self.ask("/api/search", words="Brasilia")[0])), before + 1)


if __name__ == "__main__":
    os.environ["NO_COLOR"] = "1"
    unittest.main(argv=[sys.argv[0], *sys.argv[3:]])

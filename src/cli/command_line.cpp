// Arguments to options. The only file that knows CLI11.
#include <CLI/CLI.hpp>
#include <exception>
#include <string>

#include "cli/commands.h"
#include "cli/terminal.h"
#include "events/events.h"
#include "time/time.h"

namespace chancery {
namespace {

std::string check_date(const std::string& value) {
  return interval_from_iso(value) ? std::string() : "'" + value + "' is no ISO 8601 date (2025-02-18, 2025-02, 2025)";
}

std::string all_kinds() {
  std::string all;
  for (int i = 0; i < kEventKindCount; ++i)
    all += (all.empty() ? "" : ", ") + std::string(name(static_cast<EventKind>(i)));
  return all;
}
std::string check_kind(const std::string& value) {
  return event_kind_from(value) ? std::string() : "'" + value + "' is no kind; the kinds are " + all_kinds();
}

// A filter's bounds are days; "2025-02" as a lower bound is its first day, as an upper bound its last.
std::string first_day(const std::string& value) {
  const auto interval = interval_from_iso(value);
  return interval && interval->start ? interval->start->iso() : value;
}
std::string last_day(const std::string& value) {
  const auto interval = interval_from_iso(value);
  return interval && interval->end ? interval->end->iso() : value;
}

class CommandLine {
 public:
  CommandLine() {
    app_.require_subcommand(1);
    app_.set_version_flag("--version", "chancery 0.1.0");
    app_.footer(
        "A record is a file. Pages are files, folders, - (standard input), HTML, plain text, JSONL or WARC.\n"
        "chancery COMMAND --help shows an example.");
    app_.get_formatter()->column_width(34);
    read();
    analyse();
    add();
    timeline();
    statements();
    commitments();
    show();
    search();
    who();
    write_export();
    report();
    serve();
    verify();
  }

  int run(int argc, char** argv) {
    try {
      app_.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
      const int status = app_.exit(error);
      return status == 0 ? kDone : kWrongUse;
    }
    return command_();
  }

 private:
  CLI::App* command(const std::string& name, const std::string& about, const std::string& example,
                    std::function<int()> run) {
    CLI::App* sub = app_.add_subcommand(name, about);
    sub->footer("Example:\n  " + example);
    sub->callback([this, run = std::move(run)] { command_ = run; });
    return sub;
  }

  void pages(CLI::App* sub, PageArguments& input) {
    sub->add_option("pages", input.pages, "Files, folders, or - for standard input")->required();
    sub->add_option("--published", input.published, "The pages' date, where you know it (ISO 8601)")->check(check_date);
    sub->add_option("--language", input.language, "The pages' language, instead of detecting it (fr)");
    sub->add_option("--knowledge", input.knowledge, "Your own knowledge files (TSV), which win over ours");
    sub->add_option("--jobs", input.jobs, "Threads; one for each core if not given");
  }
  static void record(CLI::App* sub, std::string& path) {
    sub->add_option("record", path, "The record, a file")->required();
  }
  static void json(CLI::App* sub, bool& wanted) {
    sub->add_flag("--json", wanted, "Print one JSON object a line instead of a table");
  }
  template <class Filter>
  static void days(CLI::App* sub, Filter& filter) {
    sub->add_option("--from", filter.from, "From this day on")->check(check_date)->transform(first_day);
    sub->add_option("--to", filter.to, "Up to this day")->check(check_date)->transform(last_day);
  }
  static void as_of(CLI::App* sub, std::string& day) {
    sub->add_option("--as-of", day, "What the pages published up to this day said")
        ->check(check_date)
        ->transform(last_day);
  }

  void read() {
    CLI::App* sub = command("read", "Reads pages, keeps nothing, prints one reading a line",
                            "chancery read page.html --published 2025-02-18", [this] { return run_read(read_); });
    pages(sub, read_.input);
    auto* format =
        sub->add_option_group("output", "How to print; --json if nothing else is said")->require_option(0, 1);
    format->add_flag_callback(
        "--json", [this] { read_.format = ReadFormat::json; }, "One reading a line");
    format->add_flag_callback(
        "--text", [this] { read_.format = ReadFormat::text; }, "The page's text, in which spans are counted");
    format->add_flag_callback(
        "--conllu", [this] { read_.format = ReadFormat::conllu; }, "Words and sentences in CoNLL-U");
    format->add_flag_callback(
        "--page", [this] { read_.format = ReadFormat::page; },
        "What the page says of itself, and where it says so; one JSON object a line");
  }
  void analyse() {
    CLI::App* sub =
        command("analyse", "Tags given tokens, for scoring against treebanks",
                "chancery analyse fr_sequoia-ud-test.conllu > tagged.conllu", [this] { return run_analyse(analyse_); });
    sub->add_option("file", analyse_.file, "CoNLL-U, or - for standard input")->required();
    sub->add_option("--language", analyse_.language, "The language pack (fr)");
  }
  void add() {
    CLI::App* sub = command("add", "Reads pages into a record; safe to stop and to repeat",
                            "chancery add talks.chancery pages/", [this] { return run_add(add_); });
    record(sub, add_.record);
    pages(sub, add_.input);
  }
  void timeline() {
    CLI::App* sub = command("timeline", "The chronology", "chancery timeline talks.chancery --actor Russie --from 2025",
                            [this] { return run_timeline(timeline_); });
    record(sub, timeline_.record);
    EventFilter& filter = timeline_.filter;
    sub->add_option("--actor", filter.actor, "Who takes part: a name or an id");
    sub->add_option("--with", filter.with, "Another participant");
    sub->add_option("--place", filter.place, "Where");
    sub->add_option("--kind", filter.kind, "meet, call, negotiate, visit, agree …")->check(check_kind);
    days(sub, filter);
    as_of(sub, filter.as_of);
    json(sub, timeline_.json);
  }
  void statements() {
    CLI::App* sub = command("statements", "Who said what", "chancery statements talks.chancery --by Gorbatchev",
                            [this] { return run_statements(statements_); });
    record(sub, statements_.record);
    StatementFilter& filter = statements_.filter;
    sub->add_option("--by", filter.by, "The speaker: a name or an id");
    sub->add_option("--about", filter.about, "Words that stand in it");
    days(sub, filter);
    as_of(sub, filter.as_of);
    json(sub, statements_.json);
  }
  void commitments() {
    CLI::App* sub =
        command("commitments", "Promises, agreements, demands and threats, and what became of them",
                "chancery commitments talks.chancery --status open", [this] { return run_commitments(commitments_); });
    record(sub, commitments_.record);
    CommitmentFilter& filter = commitments_.filter;
    sub->add_option("--by", filter.by, "Who is bound: a name or an id");
    sub->add_option("--to", filter.to, "To whom");
    sub->add_option("--status", filter.status, "open, kept, broken, withdrawn, lapsed")
        ->check(CLI::IsMember({"open", "kept", "broken", "withdrawn", "lapsed"}));
    as_of(sub, filter.as_of);
    json(sub, commitments_.json);
  }
  void show() {
    CLI::App* sub =
        command("show", "One event, statement, actor or page, with every source sentence",
                "chancery show talks.chancery event/1985-11-21-meet-sun-usa", [this] { return run_show(show_); });
    record(sub, show_.record);
    sub->add_option("id", show_.id, "An id, a name or a page's address")->required();
    json(sub, show_.json);
  }
  void search() {
    CLI::App* sub = command("search", "Full-text search, with the facts that stand there",
                            "chancery search talks.chancery armes nucléaires", [this] { return run_search(search_); });
    record(sub, search_.record);
    sub->add_option("words", search_.words, "Words, all of which must stand in the page")->required();
    sub->add_option("--limit", search_.limit, "At most so many pages (20)");
    json(sub, search_.json);
  }
  void who() {
    CLI::App* sub = command("who", "Whom a name or title means, on a day",
                            "chancery who \"le ministre russe des Affaires étrangères\" --on 2003-06-01",
                            [this] { return run_who(who_); });
    sub->add_option("name", who_.name, "A name, title, adjective or acronym")->required();
    sub->add_option("--on", who_.on, "The day (ISO 8601)")->check(check_date);
    sub->add_option("--language", who_.language, "The language to print names in (fr)");
    sub->add_option("--knowledge", who_.knowledge, "Your own knowledge files (TSV), which win over ours");
    json(sub, who_.json);
  }
  void write_export() {
    CLI::App* sub =
        command("export", "Hands the record on in other formats",
                "chancery export talks.chancery --format csv > events.csv", [this] { return run_export(export_); });
    record(sub, export_.record);
    sub->add_option("--format", export_.format, "json, jsonl, csv, plover, ics, timelinejs, gexf or ttl (json)")
        ->check(CLI::IsMember({"json", "jsonl", "csv", "plover", "ics", "timelinejs", "gexf", "ttl"}));
    sub->add_option("-o,--output", export_.output, "A file instead of standard output");
  }
  void report() {
    CLI::App* sub = command("report", "One self-contained page to send to somebody",
                            "chancery report talks.chancery -o talks.html", [this] { return run_report(report_); });
    record(sub, report_.record);
    sub->add_option("-o,--output", report_.output, "The HTML file to write")->required();
    sub->add_option("--title", report_.title, "The report's title");
  }

  void serve() {
    CLI::App* sub = command("serve", "The record in the browser and as JSON, for this machine alone",
                            "chancery serve talks.chancery --port 8080", [this] { return run_serve(serve_); });
    record(sub, serve_.record);
    sub->add_option("--port", serve_.port, "The port on localhost (8080); 0 takes any that is free");
  }
  void verify() {
    CLI::App* sub = command("verify", "Checks every fact against the characters of its page",
                            "chancery verify talks.chancery", [this] { return run_verify(verify_); });
    record(sub, verify_.record);
  }

  CLI::App app_{"Reads press pages and keeps the record of the diplomacy they tell.", "chancery"};
  std::function<int()> command_;
  ReadOptions read_;
  TagOptions analyse_;
  AddOptions add_;
  TimelineOptions timeline_;
  StatementsOptions statements_;
  CommitmentsOptions commitments_;
  ShowOptions show_;
  SearchOptions search_;
  WhoOptions who_;
  ExportOptions export_;
  ReportOptions report_;
  ServeOptions serve_;
  VerifyOptions verify_;
};

}  // namespace

int run_command_line(int argc, char** argv) {
  // The libraries below may throw where memory ends; nothing of ours does.
  try {
    return CommandLine().run(argc, argv);
  } catch (const std::exception& error) {
    say(std::string("stopped: ") + error.what());
    return kSomePagesFailed;
  }
}

}  // namespace chancery

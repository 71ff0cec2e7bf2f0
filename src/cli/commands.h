// The commands of docs/commands.md, each a function from its options to an exit status: 0 done, 1 some pages could not
// be read (each named on standard error, the rest done), 2 wrong use. Data goes to standard output, messages to
// standard error.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "store/store.h"

namespace chancery {

inline constexpr int kDone = 0;
inline constexpr int kSomePagesFailed = 1;
inline constexpr int kWrongUse = 2;

enum class ReadFormat : std::uint8_t { json, text, conllu, page };

// What every command that reads pages asks for.
struct PageArguments {
  std::vector<std::string> pages;
  std::string published;               // ISO 8601 day of all the pages; empty: as they say themselves
  std::string language;                // ISO 639-1; empty: detected
  std::vector<std::string> knowledge;  // the user's own TSV files
  unsigned jobs = 0;                   // 0: as many as the machine has cores
};

struct ReadOptions {
  PageArguments input;
  ReadFormat format = ReadFormat::json;
};
int run_read(const ReadOptions& options);

struct TagOptions {
  std::string file;  // CoNLL-U, "-" for standard input
  std::string language = "fr";
};
int run_analyse(const TagOptions& options);

struct AddOptions {
  std::string record;
  PageArguments input;
};
int run_add(const AddOptions& options);

// The queries print a table for a person, or one JSON object a line.
struct TimelineOptions {
  std::string record;
  EventFilter filter;
  bool json = false;
};
int run_timeline(const TimelineOptions& options);

struct StatementsOptions {
  std::string record;
  StatementFilter filter;
  bool json = false;
};
int run_statements(const StatementsOptions& options);

struct CommitmentsOptions {
  std::string record;
  CommitmentFilter filter;
  bool json = false;
};
int run_commitments(const CommitmentsOptions& options);

struct ShowOptions {
  std::string record;
  std::string id;
  bool json = false;
};
int run_show(const ShowOptions& options);

struct SearchOptions {
  std::string record;
  std::vector<std::string> words;
  std::size_t limit = 20;
  bool json = false;
};
int run_search(const SearchOptions& options);

struct WhoOptions {
  std::string name;
  std::string on;  // ISO 8601; empty: any day
  std::string language = "fr";
  std::vector<std::string> knowledge;
  bool json = false;
};
int run_who(const WhoOptions& options);

struct ExportOptions {
  std::string record;
  std::string format = "json";
  std::string output;  // empty: standard output
};
int run_export(const ExportOptions& options);

struct ReportOptions {
  std::string record;
  std::string output;
  std::string title;
};
int run_report(const ReportOptions& options);

struct ServeOptions {
  std::string record;
  std::uint16_t port = 8080;  // 0: any that is free
};
int run_serve(const ServeOptions& options);

// What --json and the HTTP interface print of a page that was found, and of what an id names.
std::string found_json(const Found& found);
std::string shown_json(const Shown& shown);

struct VerifyOptions {
  std::string record;
};
int run_verify(const VerifyOptions& options);

// Parses the arguments, runs the command that they name, and returns its exit status.
int run_command_line(int argc, char** argv);

}  // namespace chancery

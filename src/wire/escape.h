// Text from pages made fit for the languages that it is put into. Pages are hostile: nothing of theirs may end a
// string, open an element or drive a program.
#pragma once

#include <string>
#include <string_view>

namespace chancery {

// For HTML and XML, inside an element or a quoted attribute. Control characters, which XML cannot hold, become U+FFFD.
std::string escaped(std::string_view text);
// A value of iCalendar (RFC 5545, 3.3.11).
std::string calendar_escaped(std::string_view text);
// The inside of a "…" literal of Turtle.
std::string turtle_escaped(std::string_view text);
// What may stand in an IRI between < and >: everything but unreserved characters and / : is percent-encoded.
std::string iri_escaped(std::string_view text);

}  // namespace chancery

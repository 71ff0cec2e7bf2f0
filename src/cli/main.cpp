// The program: a door to run_command_line.
#include "cli/commands.h"

int main(int argc, char** argv) { return chancery::run_command_line(argc, argv); }

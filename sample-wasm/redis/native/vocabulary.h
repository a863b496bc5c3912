/* What random requests are made of. */
#ifndef VOCABULARY_H
#define VOCABULARY_H

#include <stddef.h>

/* Words with blanks between them. %s %l %h %t %z %x %g %p %b: a key of a type; %k of any; %v a value, %i an integer, %n a
 * small one, %f a float, %m a member, %c a channel, %d a stream's id, %u a script, %y a client's id; %m+ several. */
extern const char *const commands[], *const busy_commands[], *const inline_commands[];
/* Two keys and an argument. */
extern const char *const scripts[], *const slow_scripts[];
extern const char *const libraries[];
extern const char *const absurd_requests[];
extern const size_t command_count, busy_command_count, inline_command_count, script_count, slow_script_count, library_count,
    absurd_request_count;

#endif

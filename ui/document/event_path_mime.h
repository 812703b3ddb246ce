#pragma once
// Fields of an event as they are dragged and copied between panels: their paths as a mapping writes them, without "$.",
// UTF-8, one a line.
namespace hookbench::document {

inline constexpr auto kEventPathMime = "application/x-hookbench-event-path";

} // namespace hookbench::document

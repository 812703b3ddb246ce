#pragma once
// Which event paths feed which part of what a mapping makes: for the trace a user sees beside a preview.
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace hookbench::mapping {

class Path;

struct Source
{
    std::string outputPointer; ///< JSON pointer into the output; `*` stands for every item of an array
    std::string eventPath; ///< as @path takes it: `$.properties.products[*].sku`, `$.` for the whole event
    friend bool operator==(const Source &, const Source &) = default;
};

/// Walks the nodes of a compiled mapping and collects sources, at most kMaxSources of them: chains of @transform could
/// multiply them without end.
class Tracer
{
public:
    static constexpr std::size_t kMaxSources = 1000;
    using Keys = std::vector<std::string>;

    Tracer();
    std::vector<Source> sources() const;

    /// What is in scope while it lives goes to the member or item `key` of the output.
    class Into
    {
    public:
        Into(Tracer &tracer, std::string_view key);
        ~Into();
        Into(const Into &) = delete;
        Into &operator=(const Into &) = delete;

    private:
        Tracer &m_tracer;
    };
    /// While it lives, parts lose their own place: @json, @flatten and others make something new of the whole.
    class Blended
    {
    public:
        explicit Blended(Tracer &tracer);
        ~Blended();
        Blended(const Blended &) = delete;
        Blended &operator=(const Blended &) = delete;

    private:
        Tracer &m_tracer;
        std::size_t m_outer;
    };

    /// The payload's value at `path` goes to the current place of the output.
    void read(const Path &path);
    void read(const Keys &keys);

    /// `trace` runs with every item of the payload's value at `path` as its payload, into every item of the output.
    template <typename Trace>
    void eachItem(const Path &path, Trace trace)
    {
        m_payloads.push_back(itemsOf(keysOf(path)));
        const Into into(*this, "*");
        trace();
        m_payloads.pop_back();
    }
    /// `trace` runs with what `make` fed as its payload.
    template <typename Make, typename Trace>
    void through(Make make, Trace trace)
    {
        Scope outer = enter();
        make();
        m_payloads.push_back(leave(std::move(outer)));
        trace();
        m_payloads.pop_back();
    }

private:
    struct Feed
    {
        Keys output;
        Keys event;
        friend bool operator==(const Feed &, const Feed &) = default;
    };
    using Feeds = std::vector<Feed>;
    struct Scope
    {
        Keys output;
        Feeds feeds;
        std::size_t blendedAt;
    };

    static constexpr std::size_t kNotBlended = static_cast<std::size_t>(-1);

    static Keys keysOf(const Path &path);
    Feeds itemsOf(const Keys &array) const;
    Scope enter();
    Feeds leave(Scope outer);

    std::vector<Feeds> m_payloads; ///< where the parts of the current payload come from
    Feeds m_feeds;
    std::size_t m_stepsLeft = 20 * kMaxSources; ///< how many more feeds may be looked at
    Keys m_output;
    std::size_t m_blendedAt = kNotBlended; ///< how much of m_output still counts
};

} // namespace hookbench::mapping

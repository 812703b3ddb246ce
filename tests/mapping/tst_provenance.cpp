// Which event paths feed which part of the output.
#include "tests/mapping/cases.h"

#include <QtTest>

using namespace hookbench;

class TestProvenance : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void sources_data();
    void sources();
    void manySourcesEnd();
};

void TestProvenance::sources_data()
{
    QTest::addColumn<std::string>("mapping");
    QTest::addColumn<std::string>("expected");
    const auto add = [](const char *name, const char *mapping, const char *expected) {
        QTest::newRow(name) << std::string(mapping) << std::string(expected);
    };
    add("constants have none", R"({"a":1})", "");
    add("paths", R"({"a":{"@path":"$.x.y[0]['z z']"},"b/c":[1,{"@path":"$."}]})", "/a=$.x.y[0].z z /b~1c/1=$.");
    add("templates", R"({"a":{"@template":"{{ x }} {{{y.z}}}"}})", "/a=$.x /a=$.y.z");
    add("if", R"({"a":{"@if":{"exists":{"@path":"$.e"},"then":{"t":{"@path":"$.t"}},"else":{"@path":"$.o"}}}})",
        "/a=$.e /a/t=$.t /a=$.o");
    add("items", R"({"a":{"@arrayPath":["$.l",{"s":{"@path":"$.sku"},"all":{"@path":"$."}}]}})",
        "/a/*/s=$.l[*].sku /a/*/all=$.l[*]");
    add("items as they are", R"({"a":{"@arrayPath":["$.l"]}})", "/a=$.l");
    add("items of items", R"({"@arrayPath":["$.l",{"k":{"@arrayPath":["$.m",{"v":{"@path":"$.n"}}]}}]})",
        "/*/k/*/v=$.l[*].m[*].n");
    add("blended",
        R"({"a":{"@json":{"mode":"encode","value":{"k":{"@path":"$.x"}}}},"b":{"@flatten":{"separator":".","value":{"m":{"@path":"$.y"}}}}})",
        "/a=$.x /b=$.y");
    add("merge", R"({"@merge":{"direction":"left","objects":[{"a":{"@path":"$.x"}},{"@path":"$.y"}]}})", "/a=$.x =$.y");
    add("transform",
        R"({"@transform":{"apply":{"p":{"@path":"$.x"},"q":{"r":{"@template":"{{y}}{{z}}"}}},"mapping":{"a":{"@path":"$.p.deep"},"b":{"@path":"$.q"},"c":{"@path":"$.gone"}}}})",
        "/a=$.x.deep /b/r=$.y /b/r=$.z");
    add("transform: items",
        R"({"@transform":{"apply":{"l":{"@arrayPath":["$.products",{"s":{"@path":"$.sku"}}]}},"mapping":{"@arrayPath":["$.l",{"t":{"@path":"$.s"}}]}}})",
        "/*/t=$.products[*].sku");
    add("root directive",
        R"({"__segment_internal_directive":{"@transform":{"apply":{"a":{"@path":"$.x"}}}},"b":{"@path":"$.a"}})",
        "/b=$.x");
    add("liquid", R"({"a":{"@liquid":"{{ x.y | append: z }}"}})", "/a=$.x.y /a=$.z");
}

void TestProvenance::sources()
{
    QFETCH(std::string, mapping);
    QFETCH(std::string, expected);
    std::string text;
    for (const mapping::Source &source : mapping::Mapping::compile(json::parse(mapping).value())->provenance())
        text += (text.empty() ? "" : " ") + source.outputPointer + "=" + source.eventPath;
    QCOMPARE(text, expected);
}

void TestProvenance::manySourcesEnd()
{
    std::string mapping = R"({"@path":"$.a"})";
    for (int i = 0; i < 60; ++i)
        mapping
            = R"({"@transform":{"apply":{"a":{"b":{"@path":"$.a"},"c":{"@path":"$.a"},"d":{"@path":"$.a"}}},"mapping":)"
            + mapping + "}}";
    const auto compiled = mapping::Mapping::compile(json::parse(mapping).value());
    QVERIFY(compiled->provenance().size() <= mapping::Tracer::kMaxSources);
}

QTEST_APPLESS_MAIN(TestProvenance)
#include "tst_provenance.moc"

// Each directive by itself: mapping, event, output. The output of a failure is its code and the directive's pointer.
#include "tests/mapping/cases.h"

#include <QtTest>

using namespace hookbench;
using namespace std::string_literals;

class TestDirectives : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void output_data();
    void output();
    void passingTextsAreShared();
    void literalsLiveInTheMapping();
};

namespace {

void add(const char *name, const char *mapping, const char *event, const char *output)
{
    QTest::newRow(name) << std::string(mapping) << std::string(event) << std::string(output);
}

} // namespace

void TestDirectives::output_data()
{
    QTest::addColumn<std::string>("mapping");
    QTest::addColumn<std::string>("event");
    QTest::addColumn<std::string>("expected");

    add("path: whole event", R"({"@path":"$."})", R"({"b":1,"2":0,"1":0})", R"({"1":0,"2":0,"b":1})");
    add("path: nested", R"({"@path":"$.a.b[0]['c d']"})", R"({"a":{"b":[{"c d":7}]}})", "7");
    add("path: missing", R"({"@path":"$.nope.deeper"})", "{}", "undefined");
    add("path: missing in an object", R"({"a":{"@path":"$.x"},"b":1})", "{}", R"({"b":1})");
    add("path: missing in an array", R"([{"@path":"$.x"},1])", "{}", R"({"1":1})");
    add("path: missing in a nested array", R"({"a":[{"@path":"$.x"},1]})", "{}", R"({"a":[null,1]})");
    add("path: falsy stops the walk", R"({"a":{"@path":"$.z.x.y"},"b":{"@path":"$.e.length"}})", R"({"z":0,"e":""})",
        R"({"a":0,"b":""})");
    add("path: $. anywhere", R"({"@path":"a.$.b"})", R"({"a":{"b":1}})", "1");
    add("path: length", R"({"a":{"@path":"$.t.length"},"b":{"@path":"$.l.length"}})",
        "{\"t\":\"h\xC3\xA9\xF0\x9F\x91\x8D\",\"l\":[1]}", R"({"a":4,"b":1})");
    add("path: half a pair", R"({"a":{"@path":"$.t[0]"},"b":{"@path":"$.t[1]"},"c":{"@path":"$.t[2]"}})",
        "{\"t\":\"\xF0\x9F\x91\x8Dz\"}", R"({"a":"\ud83d","b":"\udc4d","c":"z"})");
    add("path: prototype members are none", R"({"@path":"$.a.toString"})", R"({"a":{}})", "undefined");
    add("path: a key like any other", R"({"@path":"$.__proto__.x"})", R"({"__proto__":{"x":1}})", "1");
    add("path: computed", R"({"@path":{"@template":"$.{{which}}"}})", R"({"which":"a","a":5})", "5");
    add("path: computed from no text", R"({"x":{"@path":{"@path":"$.n"}}})", R"({"n":5})",
        "error mapping-value /x/@path");

    add("template: values", R"({"@template":"<{{a}}|{{ b.c }}|{{nope}}|{{n}}|{{z}}>"})",
        R"({"a":"x","b":{"c":1e21},"n":null,"z":false})", R"("<x|1e+21|||false>")");
    add("template: containers", R"({"@template":"{{l}} {{o}}"})", R"({"l":["x",null,[1,2]],"o":{}})",
        R"("x,,1,2 [object Object]")");
    add("template: twice", R"({"@template":"{{{t}}}"})", R"({"t":"{{a}}","a":"$&"})", R"("$&")");
    add("template: braces left over", R"({"@template":"{{}} {{{}}} {{a}}} {{{a}} {a}"})", R"({"a":1})",
        R"("{{}} } 1}  {a}")");
    add("template: halves meet", R"({"@template":"{{a}}{{b}}"})", R"({"a":"\ud83d","b":"\ude00"})",
        "\"\xF0\x9F\x98\x80\"");
    add("template: no text", R"({"k":[{"@template":"{{o}}"}]})", R"({"o":{"toString":1}})",
        "error mapping-value /k/0/@template");
    add("template: computed", R"({"@template":{"@path":"$.t"}})", R"({"t":"{{a}}!","a":1})", R"("1!")");

    add("literal: directives run", R"({"@literal":{"a":{"@path":"$.x"}}})", R"({"x":1})", R"({"a":1})");

    add("if: exists", R"({"@if":{"exists":{"@path":"$.a"},"then":"T","else":"E"}})", R"({"a":0})", R"("T")");
    add("if: null does not exist", R"({"@if":{"exists":{"@path":"$.a"},"then":"T","else":"E"}})", R"({"a":null})",
        R"("E")");
    add("if: blank means not blank", R"({"@if":{"blank":{"@path":"$.a"},"then":"T","else":"E"}})", R"({"a":" "})",
        R"("T")");
    add("if: blank lists", R"({"@if":{"blank":{"@path":"$.a"},"then":"T","else":"E"}})", R"({"a":[[null]]})", R"("E")");
    add("if: blank false", R"({"@if":{"blank":{"@path":"$.a"},"then":"T","else":"E"}})", R"({"a":false})", R"("E")");
    add("if: exists wins", R"({"@if":{"exists":null,"blank":"x","then":"T","else":"E"}})", "{}", R"("E")");
    add("if: falsy else is none", R"({"a":{"@if":{"exists":{"@path":"$.x"},"else":0}}})", "{}", "{}");
    add("if: falsy then counts", R"({"a":{"@if":{"exists":1,"then":0}}})", "{}", R"({"a":0})");
    add("if: needs a test", R"({"a":{"@if":{"exists":0,"then":1}}})", "{}", "error mapping-missing-option /a/@if");
    add("if: no comparison", R"({"a":{"@if":{"blank":{"@path":"$.o"}}}})", R"({"o":[{"toString":1}]})",
        "error mapping-value /a/@if");

    add("case: upper", R"({"@case":{"operator":"upper","value":"Stra\u00dfe i"}})", "{}", R"("STRASSE I")");
    add("case: final sigma", "{\"@case\":{\"operator\":\"lower\",\"value\":\"\xCE\x91\xCE\xA3 \xCE\xA3\"}}", "{}",
        "\"\xCE\xB1\xCF\x82 \xCF\x83\"");
    add("case: others pass", R"({"@case":{"operator":"title","value":{"@path":"$.n"}}})", R"({"n":5})", "5");
    add("case: unknown operator", R"({"@case":{"operator":"title","value":"x"}})", "{}", "error mapping-value /@case");
    add("case: falsy value", R"({"a":{"@case":{"operator":"lower","value":""}}})", "{}", "{}");

    add("replace: all", R"({"@replace":{"pattern":".","replacement":"-","value":"a.b.c"}})", "{}", R"("a-b-c")");
    add("replace: first", R"({"@replace":{"pattern":"a","replacement":"","value":"aaa","global":false}})", "{}",
        R"("aa")");
    add("replace: dollars", R"({"@replace":{"pattern":"b","replacement":"$&$$$`$'$1","value":"abc"}})", "{}",
        R"("ab$ac$1c")");
    add("replace: ignore case",
        "{\"@replace\":{\"pattern\":\"\xCF\x83\",\"replacement\":\"x\",\"ignorecase\":true,\"value\":"
        "\"\xCF\x82\xCE\xA3s\xC5\xBF\"}}",
        "{}", "\"xxs\xC5\xBF\"");
    add("replace: half a pair", R"({"@replace":{"pattern":"\ud83d","replacement":"","value":"\ud83d\ude00"}})", "{}",
        R"("\ude00")");
    add("replace: halves meet", R"({"@replace":{"pattern":"x","value":"\ud83dx\ude00"}})", "{}",
        "\"\xF0\x9F\x98\x80\"");
    add("replace: second pair",
        R"({"@replace":{"pattern":"a","replacement":"b","pattern2":"b","replacement2":"c","value":"ab"}})", "{}",
        R"("cc")");
    add("replace: numbers", R"({"@replace":{"pattern":"1","replacement":"2","value":{"@path":"$.n"}}})",
        R"({"n":1e21})", R"("2e+22")");
    add("replace: no text", R"({"a":{"@replace":{"pattern":"x","value":{"@path":"$.nope"}}}})", "{}", R"({"a":""})");
    add("replace: long second pattern", R"({"@replace":{"pattern":"x","pattern2":"12345678901","value":"x"}})", "{}",
        "error mapping-length /@replace");

    add("arrayPath: shape", R"({"@arrayPath":["$.l",{"v":{"@path":"$.x"}}]})", R"({"l":[{"x":1},{"y":2}]})",
        R"([{"v":1},{}])");
    add("arrayPath: one object", R"({"@arrayPath":["$.l",{"v":{"@path":"$."}}]})", R"({"l":{"x":1}})",
        R"([{"v":{"x":1}}])");
    add("arrayPath: scalars", R"({"a":{"@arrayPath":["$.l",{"v":{"@path":"$."}}]}})", R"({"l":["s",null]})",
        R"({"a":[{"v":"s"},{"v":null}]})");
    add("arrayPath: scalar root", R"({"@arrayPath":["$.l",{"v":1}]})", R"({"l":5})", "5");
    add("arrayPath: computed",
        R"({"@arrayPath":[{"@merge":{"direction":"left","objects":[{"a":1}]}},{"v":{"@path":"$.a"}}]})", "{}",
        R"([{"v":1}])");
    add("arrayPath: directive as a shape", R"({"@arrayPath":["$.l",{"@template":"#{{x}}"}]})", R"({"l":[{"x":1},{}]})",
        R"(["#1","#"])");

    add("flatten", R"({"@flatten":{"separator":"_","value":{"@path":"$."}}})",
        R"({"a":{"b":[1,{"c":2}]},"e":{},"":{"x":3}})", R"({"a_b_0":1,"a_b_1_c":2,"x":3})");
    add("flatten: arrays whole", R"({"@flatten":{"separator":".","omitArrays":"no","value":{"@path":"$."}}})",
        R"({"a":{"b":[1]}})", R"({"a.b":[1]})");
    add("flatten: keys meet", R"({"@flatten":{"separator":".","value":{"@path":"$."}}})",
        R"({"a.b":1,"c":2,"a":{"b":3}})", R"({"a.b":3,"c":2})");
    add("flatten: keys that are indices", R"({"@flatten":{"separator":"0","value":{"@path":"$."}}})",
        R"({"x":1,"3":{"2":1},"2":{"1":2}})", R"({"201":2,"302":1,"x":1})");
    add("flatten: scalar", R"({"@flatten":{"separator":".","value":5}})", "{}", R"({"":5})");
    add("flatten: nothing", R"({"@flatten":{"separator":".","value":{"@path":"$.x"}}})", "{}", "{}");
    add("flatten: undefined wins", R"({"@flatten":{"separator":".","value":{"a":{"b":1},"a.b":{"@path":"$.x"}}}})",
        "{}", "{}");
    add("flatten: empty separator", R"({"@flatten":{"separator":"","value":1}})", "{}",
        "error mapping-missing-option /@flatten");

    add("json: encode", R"({"@json":{"mode":"encode","value":{"a":{"@path":"$.x"},"b":[{"@path":"$.x"}]}}})", "{}",
        R"("{\"b\":[null]}")");
    add("json: decode", R"({"@json":{"mode":"decode","value":"{\"b\":1,\"1\":{\"@path\":\"$.x\"}}"}})", "{}",
        R"({"1":{"@path":"$.x"},"b":1})");
    add("json: decode no JSON", R"({"@json":{"mode":"decode","value":"{nope"}})", "{}", R"("{nope")");
    add("json: decode half a pair", R"({"@json":{"mode":"decode","value":"[\"\ud83d\"]"}})", "{}", R"(["\ud83d"])");
    add("json: decode an escaped half", R"({"@json":{"mode":"decode","value":"\"\\\ud83d\""}})", "{}",
        R"("\"\\\ud83d\"")");
    add("json: mode in capitals", R"({"a":{"@json":{"mode":"ENCODE","value":1}}})", "{}", "{}");
    add("json: falsy value", R"({"@json":{"mode":"encode","value":0}})", "{}", "error mapping-missing-option /@json");

    add("merge: right", R"({"@merge":{"direction":"right","objects":[{"a":1,"b":1},{"b":2,"0":3}]}})", "{}",
        R"({"0":3,"a":1,"b":2})");
    add("merge: left", R"({"@merge":{"direction":"left","objects":[{"a":1,"b":1},{"b":2,"c":3},{"c":4,"d":5}]}})", "{}",
        R"({"c":3,"d":5,"b":1,"a":1})");
    add("merge: texts and lists",
        R"({"@merge":{"direction":"right","objects":[{"@path":"$.t"},{"@path":"$.l"},{"@path":"$.n"}]}})",
        R"({"t":"abc","l":[7],"n":5})", R"({"0":7,"1":"b","2":"c"})");
    add("merge: undefined removes",
        R"({"@merge":{"direction":"right","objects":[{"a":1,"b":{"c":1}},{"a":{"@path":"$.x"}}]}})", "{}",
        R"({"b":{"c":1}})");

    add("transform",
        R"({"@transform":{"apply":{"a":{"@path":"$.x"}},"mapping":{"b":{"@path":"$.a"},"c":{"@path":"$.x"}}}})",
        R"({"x":1})", R"({"b":1})");
    add("transform: of a text", R"({"@transform":{"apply":{"@path":"$.x"},"mapping":{"n":{"@path":"$.length"}}}})",
        R"({"x":"abc"})", R"({"n":3})");
    add("transform: undefined is gone before the second mapping",
        R"({"@transform":{"apply":{"a":{"@path":"$.x"}},"mapping":{"@merge":{"direction":"right","objects":[{"a":1},{"@path":"$."}]}}}})",
        "{}", R"({"a":1})");
    add("transform: of an item that is no object",
        R"({"@arrayPath":["$.l",{"v":{"@transform":{"apply":{"@path":"$."},"mapping":{"@path":"$."}}}}]})",
        R"({"l":[{},1]})", "error mapping-event /@arrayPath/1/v/@transform");

    add("excludeWhenNull", R"({"@excludeWhenNull":{"@path":"$."}})",
        R"({"a":null,"b":{"c":null,"d":[null,{"e":null}]}})", R"({"b":{"d":[null,{"e":null}]}})");
    add("excludeWhenNull: null", R"({"a":{"@excludeWhenNull":null},"b":[{"@excludeWhenNull":null}]})", "{}",
        R"({"b":[null]})");
    add("excludeWhenNull: undefined removes in a merge",
        R"({"@merge":{"direction":"right","objects":[{"a":1},{"@excludeWhenNull":{"a":null}}]}})", "{}", "{}");

    add("root directive",
        R"({"__segment_internal_directive":{"@transform":{"apply":{"a":{"@path":"$.x"}}}},"b":{"@path":"$.a"}})",
        R"({"x":1})", R"({"b":1})");
    add("root directive: the fields replace a mapping",
        R"({"__segment_internal_directive":{"@transform":{"apply":{"a":1},"mapping":{"z":1}}},"b":{"@path":"$.a"}})",
        "{}", R"({"b":1})");
    add("root directive: any name", R"({"__segment_internal_directive":{"x":{}},"b":{"@path":"$.a"}})", R"({"a":1})",
        R"({"x":{"mapping":{"b":1}}})");
    add("root directive: pointers are the user's",
        R"({"__segment_internal_directive":{"@transform":{"apply":{"a":1}}},"b":{"c":{"@path":{"@path":"$.a"}}}})",
        "{}", "error mapping-value /b/c/@path");
    add("root: text", R"("ab")", "{}", R"({"0":"a","1":"b"})");
    add("root: number", "5", "{}", "{}");
    add("root: null", "null", "{}", "error mapping-root ");

    add("first of several directives", R"({"a":[{"@template":"{{x}}","@path":"$.nope"}]})", R"({"x":1})",
        R"({"a":["1"]})");
    add("unknown directive in an array", R"({"a":[{"@pth":1}]})", "{}", "error mapping-unknown-directive /a/0/@pth");
    add("no directive beside other names", R"({"a":[{"@path":"$.x","y":1}]})", R"({"x":1})",
        R"({"a":[{"@path":"$.x","y":1}]})");
    add("event is no object", R"({"a":1})", "[]", "error mapping-event ");
}

void TestDirectives::output()
{
    QFETCH(std::string, mapping);
    QFETCH(std::string, event);
    QFETCH(std::string, expected);
    QCOMPARE(mapping::cases::outputOf(mapping, event), expected);
}

void TestDirectives::passingTextsAreShared()
{
    const auto mapping
        = mapping::Mapping::compile(json::parse(R"({"a":{"@path":"$.t"},"b":{"@if":{"exists":{"@path":"$.t"},
        "then":{"@case":{"operator":"lower","value":{"@path":"$.t"}}}}}})")
                                        .value());
    const json::Document event = json::parse(R"({"t":"abcdefghijklmnopqrstuvwxyz"})").value();
    json::Arena out;
    const json::Value output = mapping->resolve(event, out).value();
    const char *text = event->find("t").asString().data();
    QCOMPARE(static_cast<const void *>(output.find("a").asString().data()), static_cast<const void *>(text));
    QCOMPARE(static_cast<const void *>(output.find("b").asString().data()), static_cast<const void *>(text));
}

void TestDirectives::literalsLiveInTheMapping()
{
    const auto mapping = mapping::Mapping::compile(json::parse(R"({"a":{"b":[1,{"c":"d"}]}})").value());
    json::Arena out;
    const json::Value first = mapping->resolve({}, out).value();
    const json::Value second = mapping->resolve({}, out).value();
    QCOMPARE(json::stringify(first), R"({"a":{"b":[1,{"c":"d"}]}})"s);
    QCOMPARE(static_cast<const void *>(first.members().data()), static_cast<const void *>(second.members().data()));
    QCOMPARE(out.capacity(), std::size_t{ 0 });
}

QTEST_APPLESS_MAIN(TestDirectives)
#include "tst_directives.moc"

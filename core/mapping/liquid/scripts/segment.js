// LiquidJS as Segment sets it up, with the filters that V4 cannot run done natively. Gives back what the program calls.
(function (liquidjs, natives, renderer) {
    'use strict';

    const { textOf } = renderer;
    const liquid = new liquidjs.Liquid({ renderLimit: 500, parseLimit: 1000, memoryLimit: 1e8 });
    renderer.prepare(liquid);

    const disabledTags = ['case', 'for', 'include', 'layout', 'render', 'tablerow'];
    for (const name of disabledTags) {
        const refuse = () => { throw new Error('tag "' + name + '" is disabled'); };
        liquid.registerTag(name, { parse: refuse, render: refuse });
    }

    const disabledFilters = [
        'array_to_sentence_string', 'concat', 'find', 'find_exp', 'find_index', 'find_index_exp', 'group_by', 'group_by_exp', 'has',
        'has_exp', 'map', 'newline_to_br', 'reject', 'reject_exp', 'reverse', 'sort', 'sort_natural', 'uniq', 'where_exp', 'type'
    ];
    for (const name of disabledFilters)
        liquid.registerFilter(name, () => { throw new Error('filter "' + name + '" is disabled'); });

    // Counts the texts against the memory limit, as LiquidJS's own filters do.
    function measured(filter, ...values) {
        const texts = values.map(textOf);
        filter.context.memoryLimit.use(texts.reduce((sum, text) => sum + text.length, 0));
        return texts;
    }

    liquid.registerFilter('sha256', function (value) { return natives.sha256(...measured(this, value)); });
    liquid.registerFilter('hmac_sha256', function (value, key) { return natives.hmacSha256(...measured(this, value, key)); });
    liquid.registerFilter('base64_encode', function (value) { return natives.base64Encode(...measured(this, value)); });
    liquid.registerFilter('base64_decode', function (value) { return natives.base64Decode(...measured(this, value)); });

    // Without LiquidJS's callback for every value. An event has no circles that `inspect` could show.
    function json(value, space) {
        const text = JSON.stringify(value, null, space);
        this.context.memoryLimit.use(text === undefined ? 0 : text.length);
        return text;
    }
    for (const name of ['json', 'jsonify', 'inspect'])
        liquid.registerFilter(name, json);

    // Native, because pieces of a large text are too large in V4. `pieces - 1` is the number of places found.
    liquid.registerFilter('replace', function (value, pattern, replacement) {
        const [text, from, to] = [value, pattern, replacement].map(textOf);
        this.context.memoryLimit.use(text.length + (natives.countPieces(text, from) - 1) * (to.length - from.length));
        return natives.replaceAll(text, from, to);
    });
    liquid.registerFilter('remove', function (value, pattern) {
        const [text, from] = measured(this, value, pattern);
        return natives.replaceAll(text, from, '');
    });

    // Chinese, Japanese and Korean signs are words of their own.
    const signs = /[\u4E00-\u9FFF\uF900-\uFAFF\u3400-\u4DBF\u3040-\u309F\u30A0-\u30FF\uAC00-\uD7AF]/g;
    const others = /[^\u4E00-\u9FFF\uF900-\uFAFF\u3400-\u4DBF\u3040-\u309F\u30A0-\u30FF\uAC00-\uD7AF\s]+/g;
    const count = (text, pattern) => (text.match(pattern) || []).length;
    liquid.registerFilter('number_of_words', function (value, mode) {
        const text = measured(this, value)[0].trim();
        if (text === '')
            return 0;
        const signCount = mode === 'cjk' || mode === 'auto' ? count(text, signs) : 0;
        return mode === 'cjk' || signCount > 0 ? signCount + count(text, others) : text.split(/\s+/).length;
    });

    const plainLetters = {
        'àáâãäå': 'a', 'æ': 'ae', 'ç': 'c', 'èéêë': 'e', 'ìíîï': 'i', 'ð': 'd', 'ñ': 'n', 'òóôõöø': 'o', 'ùúûü': 'u', 'ýÿ': 'y',
        'ß': 'ss', 'œ': 'oe', 'þ': 'th', 'ẞ': 'SS', 'Œ': 'OE', 'Þ': 'TH'
    };
    const withoutAccents = text => text.replace(/[\u0080-\uffff]/g, letter => {
        const group = Object.keys(plainLetters).find(letters => letters.includes(letter));
        return group === undefined ? letter : plainLetters[group];
    });
    const dashed = {
        raw: text => text.replace(/\s+/g, '-'),
        ascii: text => text.replace(/[^A-Za-z0-9]+/g, '-'),
        default: text => natives.dashed(text, ''),
        latin: text => natives.dashed(withoutAccents(text), ''),
        pretty: text => natives.dashed(text, "._~!$&'()+,;=@")
    };
    liquid.registerFilter('slugify', function (value, mode = 'default', cased = false) {
        let text = textOf(value);
        if (Object.prototype.hasOwnProperty.call(dashed, mode))
            text = dashed[mode](text).replace(/^-|-$/g, '');
        return cased ? text : text.toLowerCase();
    });

    // A fair shuffle: V4 must not be given a comparison that changes its mind.
    liquid.registerFilter('sample', function (value, wanted = 1) {
        const list = liquidjs.toValue(value);
        if (list === undefined || list === null)
            return [];
        const items = Array.isArray(list) ? [...list] : [...textOf(list)];
        this.context.memoryLimit.use(Array.isArray(list) ? list.length : textOf(list).length);
        for (let i = items.length - 1; i > 0; --i) {
            const other = Math.floor(Math.random() * (i + 1));
            [items[i], items[other]] = [items[other], items[i]];
        }
        return wanted === 1 ? items[0] : items.slice(0, wanted);
    });

    // Templates that were parsed, by their text: those of late, and those before that nobody may want any more.
    let young = new Map();
    let old = new Map();
    const mostYoung = 128;
    function parse(source) {
        let templates = young.get(source);
        if (templates === undefined) {
            templates = old.get(source) || liquid.parse(source);
            if (young.size >= mostYoung) {
                old = young;
                young = new Map();
            }
            young.set(source, templates);
        }
        return templates;
    }

    // Errors carry ", line:1, col:4" in their text and the token at which they happened.
    function report(error, source, parsing) {
        const origin = error.originalError || error;
        const text = String(origin.message).replace(/, line:\d+, col:\d+$/, '');
        const token = error.token;
        natives.fail(parsing, text, token && token.input === source ? token.begin : -1);
    }

    return {
        check(source) {
            try {
                parse(source);
            } catch (error) {
                report(error, source, true);
            }
        },
        render(source) {
            let parsing = true;
            try {
                const templates = parse(source);
                parsing = false;
                return renderer.render(liquid, templates);
            } catch (error) {
                report(error, source, parsing);
                return undefined;
            }
        }
    };
})

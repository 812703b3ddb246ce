// Makes V4, the JavaScript engine of Qt, answer as V8 does wherever a Liquid template can show a difference: dates (always
// in UTC, whatever the zone of the machine), letter case, white space, rounding, JSON and URI texts. Runs before LiquidJS.
(function (global, natives, mostPieces) {
    'use strict';

    const ascii = /^[\x00-\x7f]*$/;
    const blank = /\s/;

    function trim(text, atStart, atEnd) {
        let begin = 0;
        let end = text.length;
        while (atStart && begin < end && blank.test(text[begin]))
            ++begin;
        while (atEnd && end > begin && blank.test(text[end - 1]))
            --end;
        return text.slice(begin, end);
    }

    // V4 trims U+0085, which is no white space in JavaScript, and does not know the other two.
    String.prototype.trim = function () { return trim(String(this), true, true); };
    String.prototype.trimStart = function () { return trim(String(this), true, false); };
    String.prototype.trimEnd = function () { return trim(String(this), false, true); };

    const toUpperCase = String.prototype.toUpperCase;
    const toLowerCase = String.prototype.toLowerCase;
    String.prototype.toUpperCase = function () {
        const text = String(this);
        return ascii.test(text) ? toUpperCase.call(text) : natives.upperCase(text);
    };
    String.prototype.toLowerCase = function () {
        const text = String(this);
        return ascii.test(text) ? toLowerCase.call(text) : natives.lowerCase(text);
    };

    // V4 finds an empty text in every text but the empty one.
    const { indexOf, lastIndexOf } = String.prototype;
    String.prototype.indexOf = function (text, from) { return this.length === 0 && text === '' ? 0 : indexOf.call(this, text, from); };
    String.prototype.lastIndexOf = function (text) { return text === '' ? this.length : lastIndexOf.call(this, text); };

    const split = String.prototype.split;
    String.prototype.split = function (separator, limit) {
        const text = String(this);
        const pieces = text.length <= mostPieces ? 0
            : typeof separator === 'string' ? natives.countPieces(text, separator) : natives.countWords(text);
        if (pieces > mostPieces)
            throw new RangeError('too many pieces');
        return split.call(text, separator, limit);
    };

    // As with trim. LiquidJS's conversions all go through Number once it is loaded (see Interpreter).
    const PlainNumber = Number;
    function TrimmingNumber(value) {
        if (Array.isArray(value))
            value += '';
        if (typeof value !== 'string' || ascii.test(value))
            return PlainNumber(value);
        const text = trim(value, true, true);
        return text.includes('\x85') ? NaN : PlainNumber(text);
    }
    Object.setPrototypeOf(TrimmingNumber, PlainNumber);
    global.Number = TrimmingNumber;

    // V4 loses a unit above 2^52.
    const round = Math.round;
    Math.round = number => Math.abs(number) < 4503599627370496 ? round(number) : number;
    // Used by the filter `round`; V8 computes it less exactly than the C library does.
    const pow = Math.pow;
    Math.pow = (base, exponent) => base === 10 ? natives.powerOfTen(exponent) : pow(base, exponent);

    global.decodeURIComponent = text => natives.decodeUriComponent(String(text));

    // V4 prints lone surrogates as they are and takes no infinite indent.
    const stringify = JSON.stringify;
    const surrogates = /[\ud800-\udbff][\udc00-\udfff]|[\ud800-\udfff]/g;
    JSON.stringify = function (value, replacer, space) {
        const indent = typeof space === 'number' ? ' '.repeat(Math.max(0, Math.min(10, Math.floor(space) || 0)))
            : typeof space === 'string' ? space.slice(0, 10) : '';
        const text = stringify(value, replacer, indent);
        if (text === undefined || ascii.test(text))
            return text;
        return text.replace(surrogates, units => units.length === 2 ? units : '\\u' + units.charCodeAt(0).toString(16));
    };

    const LocalDate = Date;
    function UtcDate(first) {
        let time = first;
        if (arguments.length === 0)
            time = LocalDate.now();
        else if (arguments.length > 1)
            time = LocalDate.UTC.apply(null, arguments);
        else if (first instanceof LocalDate)
            time = first.getTime();
        else if (typeof first === 'object' && first !== null)
            time = first + '';
        return new LocalDate(typeof time === 'string' ? natives.parseDate(time) : time);
    }
    UtcDate.prototype = LocalDate.prototype;
    UtcDate.now = LocalDate.now;
    for (const part of ['FullYear', 'Month', 'Date', 'Day', 'Hours', 'Minutes', 'Seconds', 'Milliseconds'])
        LocalDate.prototype['get' + part] = LocalDate.prototype['getUTC' + part];
    LocalDate.prototype.getTimezoneOffset = function () { return isNaN(this.getTime()) ? NaN : 0; };
    LocalDate.prototype.toLocaleString = function (locale, options) {
        const zone = options ? options.timeZone : undefined;
        return natives.dateAndTime(this.getTime(), zone === undefined ? 'UTC' : String(zone));
    };
    LocalDate.prototype.toLocaleDateString = function () { return natives.dateOnly(this.getTime()); };
    LocalDate.prototype.toLocaleTimeString = function () { return natives.timeOnly(this.getTime()); };
    global.Date = UtcDate;
    // LiquidJS asks it for the names of zone and language; it has the names of months and days itself.
    global.Intl = {
        DateTimeFormat: () => ({
            resolvedOptions: () => ({ locale: 'en-US', timeZone: 'UTC' }),
            format: () => undefined
        })
    };
})

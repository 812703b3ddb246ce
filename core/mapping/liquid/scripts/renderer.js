// Renders parsed templates without generators, which cost V4 several times what they do, and reads from the event only what
// a template asks for. Does what LiquidJS's own renderer does in its synchronous mode, but leaves the time limit to the program.
(function (liquidjs, natives, unread) {
    'use strict';

    const { Context, LiquidError, RenderError, UndefinedVariableError, isTruthy, isFalsy, toValue, toValueSync } = liquidjs;
    const { PropertyAccess, Range, Operator } = liquidjs.TokenKind;

    function textOf(value) {
        value = toValue(value);
        if (typeof value === 'string')
            return value;
        if (value === undefined || value === null)
            return '';
        return Array.isArray(value) ? value.map(textOf).join('') : String(value);
    }

    function Emitter() {
        this.buffer = '';
    }
    Emitter.prototype.write = function (value) { this.buffer += textOf(value); };

    function readPath(context, value, path) {
        for (let i = 0; i < path.length; ++i)
            value = toValueSync(context.readProperty(value, path[i]));
        return value;
    }

    // The event of the template that is being rendered: members fetched so far, and what the template counted in them.
    const event = {
        members: null,
        fetched: null,
        counters: null,
        start() {
            this.members = Object.create(null);
            this.fetched = Object.create(null);
            this.counters = [];
            const whole = natives.eventUnlessObject();
            if (whole !== '') {
                this.members = Object(parse(whole));
                this.fetched = null;
            }
        },
        fetch(name) {
            if (this.fetched === null || this.fetched[name])
                return;
            this.fetched[name] = true;
            const text = natives.member(name);
            if (text !== '')
                this.members[name] = parse(text);
        },
        count(name, step) {
            this.fetch(name);
            if (typeof this.members[name] !== 'number')
                this.members[name] = 0;
            const before = this.members[name];
            this.members[name] = before + step;
            if (!this.counters.includes(name))
                this.counters.push(name);
            return before;
        }
    };

    // A JSON text, or "!" and the JSON of [value, places of infinite numbers in it, their signs].
    function parse(text) {
        if (text[0] !== '!')
            return JSON.parse(text);
        const [value, places, signs] = JSON.parse(text.slice(1));
        const root = { value };
        places.forEach((place, i) => {
            const key = place.pop();
            place.reduce((parent, step) => parent[step], root)[key] = signs[i] * Infinity;
        });
        return root.value;
    }

    function innermost(scopes, name) {
        for (let i = scopes.length - 1; i >= 0; --i) {
            if (name in scopes[i])
                return scopes[i];
        }
        return undefined;
    }

    // Fetches a member of the event when the template's own variables do not hide it.
    function scopeOf(context, name) {
        const scope = innermost(context.scopes, name);
        if (scope !== undefined)
            return scope;
        if (context.environments === event.members) {
            event.fetch(String(name));
            event.fetch(String(toValue(name))); // `nil` is looked for by one name and read by another
        }
        return name in context.environments ? context.environments : context.globals;
    }

    Context.prototype._get = function (path) { return readPath(this, scopeOf(this, path[0]), path); };

    // The path of `a.b["c"]` for natives.read: its names, with U+0000 between them; null when it is another kind of path.
    function plainPath(token) {
        if (token.variable || token.props.some(prop => typeof prop.content !== 'string' || prop.content.includes('\0')))
            return null;
        return token.props.map(prop => prop.content).join('\0');
    }

    function readProperty(token, context) {
        if (token.plainPath === undefined)
            token.plainPath = plainPath(token);
        const name = token.plainPath === null ? undefined : token.props[0].content;
        if (name !== undefined && context.environments === event.members && event.fetched && !event.fetched[name]
            && innermost(context.scopes, name) === undefined) {
            const value = natives.read(token.plainPath);
            if (value !== unread)
                return value;
        }
        const path = token.props.map(prop => evaluate(prop, context));
        try {
            return token.variable ? readPath(context, evaluate(token.variable, context), path) : context._get(path);
        } catch (error) {
            throw new UndefinedVariableError(error, token);
        }
    }

    function makeRange(token, context) {
        const low = evaluate(token.lhs, context);
        const high = evaluate(token.rhs, context);
        context.memoryLimit.use(high - low + 1);
        const items = [];
        for (let i = +low; i < +high + 1; ++i)
            items.push(i);
        return items;
    }

    function evaluate(token, context) {
        if (!token)
            return undefined;
        if ('content' in token)
            return token.content;
        if (token.kind === PropertyAccess)
            return readProperty(token, context);
        return token.kind === Range ? makeRange(token, context) : undefined;
    }

    liquidjs.Expression.prototype.evaluate = function (context) {
        const operators = context.opts.operators;
        const operands = [];
        for (const token of this.postfix) {
            if (token.kind !== Operator) {
                operands.push(evaluate(token, context));
                continue;
            }
            const right = operands.pop();
            operands.push(token.operator === 'not' ? operators.not(right, context)
                : operators[token.operator](operands.pop(), right, context));
        }
        return operands[0];
    };

    liquidjs.Filter.prototype.render = function (value, context) {
        const argumentsOf = this.args.map(arg => Array.isArray(arg) ? [arg[0], evaluate(arg[1], context)] : evaluate(arg, context));
        const self = { context, token: this.token, liquid: this.liquid };
        return toValueSync(this.handler.apply(self, [value].concat(argumentsOf)));
    };

    liquidjs.Value.prototype.value = function (context) {
        let value = this.initial.evaluate(context);
        for (const filter of this.filters)
            value = filter.render(value, context);
        return value;
    };

    function renderTemplates(templates, context, emitter = new Emitter()) {
        for (const template of templates) {
            try {
                const printed = toValueSync(template.render(context, emitter));
                if (printed)
                    emitter.write(printed);
            } catch (error) {
                throw LiquidError.is(error) ? error : new RenderError(error, template);
            }
            if (context.breakCalled || context.continueCalled)
                break;
        }
        return emitter.buffer;
    }

    function renderOutput(context, emitter) {
        if (this.value)
            emitter.write(this.value.value(context));
    }

    liquidjs.Output.prototype.render = renderOutput;
    liquidjs.EchoTag.prototype.render = renderOutput;
    liquidjs.AssignTag.prototype.render = function (context) { context.bottom()[this.key] = this.value.value(context); };
    liquidjs.CaptureTag.prototype.render = function (context) {
        context.bottom()[this.variable] = renderTemplates(this.templates, context);
    };
    liquidjs.LiquidTag.prototype.render = function (context, emitter) { renderTemplates(this.templates, context, emitter); };
    liquidjs.IfTag.prototype.render = function (context, emitter) {
        const branch = this.branches.find(each => isTruthy(each.value.value(context), context));
        renderTemplates(branch ? branch.templates : this.elseTemplates || [], context, emitter);
    };
    liquidjs.UnlessTag.prototype.render = function (context, emitter) {
        const branch = this.branches.find((each, i) => (i === 0 ? isFalsy : isTruthy)(each.value.value(context), context));
        renderTemplates(branch ? branch.templates : this.elseTemplates, context, emitter);
    };
    liquidjs.IncrementTag.prototype.render = function (context, emitter) { emitter.write(event.count(this.variable, 1)); };
    liquidjs.DecrementTag.prototype.render = function (context, emitter) { emitter.write(event.count(this.variable, -1) - 1); };

    return {
        textOf,
        prepare(liquid) {
            liquid.renderer.renderTemplates = renderTemplates;
            liquid.parse('text')[0].constructor.prototype.render = function (context, emitter) { emitter.buffer += this.str; };
        },
        // The text; the counters go to natives.count().
        render(liquid, templates) {
            event.start();
            const text = renderTemplates(templates, new Context(event.members, liquid.options, { sync: true }));
            for (const name of event.counters)
                natives.count(name, event.members[name]);
            return text;
        }
    };
})

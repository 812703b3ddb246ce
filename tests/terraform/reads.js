'use strict'
// node reads.js CLI WORK: small texts, right and wrong; HashiCorp's HCL code says which is which, and the import takes and
// refuses the same ones. What it refuses, it refuses with line and column.
const { spawnSync } = require('child_process')
const fs = require('fs')
const path = require('path')
const { parse } = require('@cdktf/hcl2json')
const [cli, work] = process.argv.slice(2)

// Read although HCL refuses it, or refused a step before Terraform would; nothing is lost by either.
const known = new Set(['a = "\\ud83d"', 'a = {[1]=2}', 'a = x.0.1', 'a = a:: b()', 'a = <<E\nx\nE', 'a = x.*.*'])

const texts = [
  'a = 1', 'a = 01', 'a = 1.', 'a = .5', 'a = 1e5', 'a = 1E+5', 'a = 1e', 'a = 0x10', 'a = -1', 'a = - 1', 'a = --1',
  'a = !true', 'a = !!true', 'a = -"1"', 'a = +1', 'a = "x" "y"', 'a = "x"\\\n', 'a = "$"', 'a = "$$"', 'a = "$${x}"',
  'a = "$$${x}"', 'a = "%%{x}"', 'a = "%{x}"', 'a = "${}"', 'a = "${ }"', 'a = "${x}"', 'a = "${~ x ~}"',
  'a = "${x}${y}"', 'a = "\\u12"', 'a = "\\U0001F600"', 'a = "\\ud83d"', 'a = "\\x41"', 'a = "a\nb"',
  'a = "${"nested ${"deep"}"}"', 'a = "${\nx\n}"', 'a = "${x # c\n}"', 'a = "${x /* c */}"', 'a = [1,2,]',
  'a = [1,,2]', 'a = [,]', 'a = [\n1\n,\n2\n]', 'a = [1\n2]', 'a = []', 'a = {}', 'a = {,}', 'a = {a=1,b=2,}',
  'a = {a=1 b=2}', 'a = {a=1\nb=2}', 'a = {a=1\n,b=2}', 'a = {a:1}', 'a = {"a":1}', 'a = {"a"=1}', 'a = {1=1}',
  'a = {(x)=1}', 'a = {x.y=1}', 'a = {(x.y)=1}', 'a = {-1=1}', 'a = {a\n=1}', 'a = {a=\n1}', 'a = {true=1}',
  'a = {null=1}', 'a = {for=1}', 'a = {"${x}"=1}', 'a = {[1]=2}', 'a = {a==1}', 'a = {\n\n}', 'a = {a=1\n\n\nb=2}',
  'a = {a=1,\n\nb=2}', 'a = {a=1;b=2}', 'a = x ? y : z', 'a = x ? y', 'a = x\n? y : z', 'a = (x\n? y\n: z)',
  'a = x ?\ny : z', 'a = x || y && z', 'a = x | y', 'a = x & y', 'a = x == y == z', 'a = x = y', 'a = x < y',
  'a = x <= y >= z', 'a = 1 +\n2', 'a = (1 +\n2)', 'a = 1\n+ 2', 'a = x.y.z', 'a = x.0', 'a = x.0.1', 'a = x.*',
  'a = x.*.y', 'a = x[*]', 'a = x[*].y', 'a = x[0]', 'a = x["k"]', 'a = x[y.z]', 'a = x.', 'a = x[', 'a = x[]',
  'a = x. y', 'a = x\n.y', 'a = x [0]', 'a = [1][0]', 'a = {a=1}.a', 'a = "x".y', 'a = "x"[0]', 'a = f().y',
  'a = f(1)[0]', 'a = (x).y', 'a = 1.y', 'a = x.1y', 'a = f()', 'a = f(1,)', 'a = f(,)', 'a = f(1\n,2)',
  'a = f(\n1\n)', 'a = f(1...)', 'a = f(1..., 2)', 'a = f(1, 2...,)', 'a = f (1)', 'a = f\n(1)', 'a = a::b()',
  'a = a::b::c(1)', 'a = a::b', 'a = a:: b()', 'a = provider::x::y(1)', 'a = [for x in y : x]',
  'a = [for x in y: x if z]', 'a = [for k,v in y : x]', 'a = [for x in y : x...]', 'a = {for k,v in y : k => v}',
  'a = {for k,v in y : k => v...}', 'a = {for k,v in y : k => v if z}', 'a = {for k,v in y : v}',
  'a = [for x in y : k => v]', 'a = [\nfor x in y :\nx\n]', 'a = {\nfor k, v in y :\nk => v\n}', 'a = [for x y]',
  'a = [for]', 'a = [forx]', 'a = [for.x]', 'a = {for}', 'a = <<E\nx\nE', 'a = <<E\nx\nE\n', 'a = <<-E\n  x\n  E\n',
  'a = <<E\nE\n', 'a = << E\nx\nE\n', 'a = <<"E"\nx\nE\n', 'a = <<E x\nE\n', 'a = <<E\nx\n E\n', 'a = <<E\nx\nE 1\n',
  'a = <<E\n${x}\nE\n', 'a = <<E\n%{ if x }a%{ else }b%{ endif }\nE\n', 'a = <<E\n%{ for x in y }a%{ endfor }\nE\n',
  'a = <<E\n%{ if x }a\nE\n', 'a = "%{ if x }a"', 'a = "%{ endif }"', 'a = "%{ else }"',
  'a = "%{ for x in y }%{ endif }"', 'a = "%{ if x }%{ else }%{ else }%{ endif }"', 'a = [<<E\nx\nE\n]',
  'a = [<<E\nx\nE\n, 1]', 'a = f(<<E\nx\nE\n)', 'a = {\nb = <<E\nx\nE\nc = 1\n}', 'a = {b=<<E\nx\nE\n}', 'a {}',
  'a {\n}', 'a "b" {}', 'a b {}', 'a "b" c "d" {\n}', 'a { b = 1 }', 'a { b = 1, c = 2 }', 'a { b = 1\n}',
  'a {\nb = 1 }', 'a { b {} }', 'a { b {\n} }', 'a {\n b {}\n}', 'a\n{\n}', 'a = {\n} b = 1', 'a {} b {}',
  'a "b${c}" {}', 'a "" {}', 'a "b\\n" {}', 'a-b = 1', '-a = 1', 'a.b = 1', '"a" = 1', 'a = 1\na = 2', 'a {}\na {}',
  'a = 1\na {}', 'é = 1', '_a = 1', '1a = 1', 'a1 = 1', 'a = é', 'a = a-b', 'a = a - b', 'a = a -b', 'a = a--b', '# c',
  '// c', '/* c */', '/* c', 'a = 1 # c', 'a = 1 // c', 'a = 1 /* c */', 'a = /* c */ 1', 'a /* c */ = 1',
  'a = 1 /* c\n*/', 'a = 1 /* c\n*/ b = 2', '\ufeffa = 1', 'a = 1\r\nb = 2', 'a = 1\rb = 2', '\ta = 1', 'a =\n1',
  'a\n= 1', 'a = ', '= 1', 'a', 'a b', '}', 'a = (1', 'a = 1)', 'a = ()', 'a = (1)', 'a = ((1))', 'a = null',
  'a = nullx', 'a = 1;', 'a = @', 'a = \'x\'', 'a = `x`', 'a = x...', 'a = x..y', 'a = "\0"', 'a = "\t"',
  'a = "x\\\ny"', 'a = 1 == 1 ? 2 : 3 == 4 ? 5 : 6', 'a = x ? {a=1} : {b=2}', 'a = x? y:z', 'a = "a" == "b"',
  'a = x[y ? 0 : 1]', 'a = x["${y}"]', 'a = x.y[*].z[*]', 'a = x.*.*', 'a = x[*][*]', 'a = x[* ]', 'a = x[\n0\n]',
  'a = {"a" : 1, b : 2\nc = 3}', 'a = {a = 1 # c\nb = 2 // c\n}', 'a = [ # c\n1, // c\n2 /* c */\n]', 'a = {# c\n}',
  'a { # c\n}', 'a {} # c', 'a = <<E # c\nx\nE', 'a = "${x ? "y" : "z"}"', 'a = "\\"', 'a = "\\\\"', 'a = "${"',
  'a = "}"', 'a = "{"', 'a = "%"', 'a = "%%"', 'a = "$%{x}"'
]

async function isHcl(text) {
  try {
    await parse('x.tf', text)
    return true
  } catch {
    return false
  }
}

async function main() {
  fs.mkdirSync(work, { recursive: true })
  const file = path.join(work, 'x.tf')
  const wrong = []
  for (const text of texts) {
    fs.writeFileSync(file, text)
    const { status, stderr } = spawnSync(cli, ['import', file], { encoding: 'utf8' })
    const isRead = stderr.includes('There is no Webhooks (Actions) destination')
    const isPlaced = isRead || /x\.tf: Line \d+, column \d+: /.test(stderr)
    if (status !== 2 || !isPlaced || (isRead !== await isHcl(text)) !== known.has(text))
      wrong.push(`${JSON.stringify(text)}: ${stderr.trim()}`)
  }
  if (wrong.length > 0) throw new Error(`not read as HashiCorp's HCL reads them:\n${wrong.join('\n')}`)
  console.log(`${texts.length} texts are taken and refused as HashiCorp's HCL does, ${known.size} apart`)
}

main().then(() => process.exit(0), (error) => { console.error(error.message); process.exit(1) })

'use strict';
// read.js FILE: validates an HTTP archive against the HAR 1.2 schema, then lets httpsnippet read it. Prints, as JSON:
// {"errors": [what the schema says], "commands": [a cURL command of each entry's request]}.
const fs = require('fs');
const validator = require('har-validator/lib/promise');
const { HTTPSnippet } = require('httpsnippet');

const archive = JSON.parse(fs.readFileSync(process.argv[2], 'utf8'));
validator.har(archive).then(
  () => {
    const commands = new HTTPSnippet(archive).convert('shell', 'curl');
    console.log(JSON.stringify({ errors: [], commands: [].concat(commands) }));
  },
  (error) => console.log(JSON.stringify({ errors: error.errors, commands: [] })),
);

const { parse } = require('yaml');

// A YAML file as a module of its content. Jest caches the result, so that the file is parsed once and not in each test file.
module.exports = { process: (text) => ({ code: `module.exports = ${JSON.stringify(parse(text))};` }) };

/*
 * Prints how many milliseconds it takes to load files of nodes and credentials and to instantiate their classes.
 * n8n-workflow is loaded before, as in n8n, and does not count.
 */
const { basename } = require('node:path');

const { MODULES: modules } = process.env;

require(`${modules}/n8n-workflow`); // the copy of n8n, not the one of this repository
const files = process.argv.slice(2);
const started = performance.now();
for (const file of files) {
	const loaded = require(file);
	const Class = loaded[basename(file).split('.')[0]];
	new Class();
}
console.log(performance.now() - started);

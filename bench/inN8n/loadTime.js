/*
 * How long it takes to load files of nodes and credentials and to make one of each class, in milliseconds. What n8n has
 * loaded before any package, n8n-workflow, does not count.
 */
const { basename } = require('node:path');

const { MODULES: modules } = process.env;

require(`${modules}/n8n-workflow`); // not the one that this folder would find
const files = process.argv.slice(2);
const started = performance.now();
for (const file of files) {
	const loaded = require(file);
	const Class = loaded[basename(file).split('.')[0]];
	new Class();
}
console.log(performance.now() - started);

const { Script } = require('node:vm');
const { default: JestRuntime } = require('jest-runtime');

/** By file, for all test files of the worker. */
const compiled = new Map();

function compile(source, filename, parameters) {
	const known = compiled.get(filename);
	if (known?.source === source) return known.script;
	const script = new Script(`(function (${parameters}) {${source}\n})`, { filename });
	compiled.set(filename, { source, script });
	return script;
}

/** Jest compiles each module again for each test file, and there are 1,900 of n8n: here a worker compiles it once. */
module.exports = class extends JestRuntime {
	constructor(...options) {
		super(...options);
		const { executor } = this;
		executor.compile = (source, filename) => {
			const context = executor.environment.getVmContext();
			return context && compile(source, filename, executor.injectedModuleParameters).runInContext(context);
		};
	}
};

const { AsyncLocalStorage } = require('node:async_hooks');
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

/** What jest-circus knows the running test by; it makes another one for each file, and ends none. */
const storages = new Set();
const { run } = AsyncLocalStorage.prototype;
AsyncLocalStorage.prototype.run = function (...parameters) {
	storages.add(this);
	return run.apply(this, parameters);
};

/**
 * Jest's runtime, less two things that make each test file of a worker slower: Jest compiles all modules again (n8n's
 * are 1,900), and on Node 20 each promise is told to the storages of all files before.
 */
module.exports = class extends JestRuntime {
	constructor(...options) {
		super(...options);
		const { executor } = this;
		executor.compile = (source, filename) => {
			const context = executor.environment.getVmContext();
			return context && compile(source, filename, executor.injectedModuleParameters).runInContext(context);
		};
	}

	teardown() {
		super.teardown();
		for (const storage of storages) storage.disable();
		storages.clear();
	}
};

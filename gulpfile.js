const { spawn } = require('node:child_process');
const { rm } = require('node:fs/promises');
const { dest, parallel, series, src } = require('gulp');

const clean = () => rm('dist', { recursive: true, force: true });

/** What TypeScript does not carry over: icons, codex files and output schemas, each beside its node; JSON without blanks. */
const copy = () =>
	src(['credentials/**/*.svg', 'nodes/**/*.{svg,json}'], { base: '.', encoding: false })
		.on('data', (file) => {
			if (file.extname === '.json') file.contents = Buffer.from(JSON.stringify(JSON.parse(file.contents)));
		})
		.pipe(dest('dist'));

const run = (command) =>
	Object.assign(() => spawn(command, { shell: true, stdio: 'inherit' }), { displayName: command });

/** Types, n8n's rules as n8n runs them, all rules, and the format; in two processes at a time, one for each core. */
const lint = parallel(
	series(run('tsc -p tsconfig.tooling.json'), run('n8n-node lint')),
	series(run('eslint . --config eslint.tooling.mjs --max-warnings 0'), run('prettier --check . --log-level warn')),
);

module.exports = { clean, copy, lint };

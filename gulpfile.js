const { rm } = require('node:fs/promises');
const { dest, src } = require('gulp');

const clean = () => rm('dist', { recursive: true, force: true });

/** What TypeScript does not carry over: icons, codex files and output schemas, each beside its node; JSON without blanks. */
const copy = () =>
	src(['credentials/**/*.svg', 'nodes/**/*.{svg,json}'], { base: '.', encoding: false })
		.on('data', (file) => {
			if (file.extname === '.json') file.contents = Buffer.from(JSON.stringify(JSON.parse(file.contents)));
		})
		.pipe(dest('dist'));

module.exports = { clean, copy };

import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { getN8nPath, installN8n } from '../../sandbox/n8n/install.mts';
import config from '../../stryker.config.json' with { type: 'json' };

const root = new URL('../../', import.meta.url);
const inRoot = (path: string) => fileURLToPath(new URL(path, root));

// StrykerJS needs a newer Node than the package: that of n8n. Without CI, property tests run a part of their cases.
await installN8n((text) => console.log(text));
const { status } = spawnSync(
	'node',
	[inRoot('node_modules/@stryker-mutator/core/bin/stryker.js'), 'run', ...process.argv.slice(2)],
	{ cwd: inRoot('.'), env: { ...process.env, CI: '', PATH: getN8nPath('newest') }, stdio: 'inherit' },
);

/** The part of a StrykerJS report that counts. */
interface Report {
	files: Record<string, { mutants: Array<{ status: string }> }>;
}

// StrykerJS knows a threshold for the total only.
const { files }: Report = JSON.parse(readFileSync(inRoot(config.jsonReporter.fileName), 'utf8'));
const scores = Object.entries(files).map(([file, { mutants }]) => {
	const noticed = mutants.filter(({ status: each }) => each === 'Killed' || each === 'Timeout').length;
	const unnoticed = mutants.filter(({ status: each }) => each === 'Survived' || each === 'NoCoverage').length;
	return { file, score: (100 * noticed) / Math.max(1, noticed + unnoticed) };
});
const low = scores.filter(({ score }) => score < config.thresholds.break);
for (const { file, score } of low) console.log(`${file}: ${score.toFixed(1)} % is below ${config.thresholds.break} %`);
process.exitCode = status === 0 && low.length > 0 ? 1 : (status ?? 1);

import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { getN8nPath, installN8n } from '../../sandbox/n8n/install.mts';

// StrykerJS needs a newer Node than the package: that of n8n.
await installN8n((text) => console.log(text));
const stryker = fileURLToPath(new URL('../../node_modules/@stryker-mutator/core/bin/stryker.js', import.meta.url));
const { status } = spawnSync('node', [stryker, 'run', ...process.argv.slice(2)], {
	cwd: fileURLToPath(new URL('../..', import.meta.url)),
	env: { ...process.env, PATH: getN8nPath('newest') },
	stdio: 'inherit',
});
process.exitCode = status ?? 1;

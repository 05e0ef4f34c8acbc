import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/**
 * Builds the package and unpacks the tarball that npm would publish. n8n loads community packages from
 * `nodes/node_modules` in its user folder (n8n's community-packages.module.js).
 *
 * @param target the folder of the unpacked package; it is replaced
 */
export function unpackPackage(target: string): void {
	const folder = mkdtempSync(join(tmpdir(), 'uphance-package-'));
	try {
		execFileSync('npm', ['run', 'build', '--silent'], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
		const packed = execFileSync('npm', ['pack', '--json', '--loglevel=error', '--pack-destination', folder], {
			cwd: root,
			encoding: 'utf8',
		});
		const { filename } = JSON.parse(packed)[0];
		execFileSync('tar', ['-xzf', join(folder, filename), '-C', folder]);
		rmSync(target, { recursive: true, force: true });
		mkdirSync(dirname(target), { recursive: true });
		cpSync(join(folder, 'package'), target, { recursive: true });
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Builds the package and unpacks what npm would publish, as n8n does for a community package (n8n-platform.md 5.3). */
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

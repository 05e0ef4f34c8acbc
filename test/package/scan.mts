import { analyzePackage, SOURCE_FILE_PATTERNS } from '@n8n/scan-community-package/scanner/scanner.mjs';

// Both legs of n8n's own check, without its download: the sources of a folder, or what an unpacked tarball holds.
const [folder = '.', leg] = process.argv.slice(2);
const { passed, message, details } = await analyzePackage(
	folder,
	leg === 'tarball' ? ['**/*.js', 'package.json'] : SOURCE_FILE_PATTERNS,
);
console.log(passed ? 'passed' : `${message}\n${details ?? ''}`);

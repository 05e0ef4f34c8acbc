// The .mts around the package (sandbox, tests) is held to the same rules, less n8n's own for what ships.
import { configWithoutCloudSupport } from '@n8n/node-cli/eslint';

export default [
	...configWithoutCloudSupport.map((entry) =>
		entry.files?.includes('**/*.ts') ? { ...entry, files: ['**/*.mts'] } : entry,
	),
	{ files: ['**/*.mts'], rules: { 'no-console': 'off' } },
	{ ignores: ['**/*.ts', '**/*.js', '**/*.json'] },
];

// The .mts around the package (sandbox, tests) is held to the same rules, less those that make sense only for what ships.
import { configWithoutCloudSupport } from '@n8n/node-cli/eslint';

export default [
	...configWithoutCloudSupport.map((entry) =>
		entry.files?.includes('**/*.ts') ? { ...entry, files: ['**/*.mts'] } : entry,
	),
	{
		files: ['**/*.mts'],
		rules: {
			'no-console': 'off',
			'@n8n/community-nodes/no-dangerous-functions': 'off',
			'@n8n/community-nodes/no-hardcoded-secrets': 'off',
		},
	},
	{ ignores: ['**/*.ts', '**/*.js', '**/*.json'] },
];

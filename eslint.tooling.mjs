// What n8n's own configuration (eslint.config.mjs, which strict mode wants unchanged) does not have: the directions of
// imports in nodes/, the order of imports, and the .mts around the package (sandbox, tests, benchmark). Those are held to
// the same rules, less the ones that make sense only for what ships.
import { config, configWithoutCloudSupport } from '@n8n/node-cli/eslint';

/** Folders of nodes/Uphance from left to right, as docs/design.md has them: a file imports from its own step or to the right. */
const steps = [
	['*.node.ts'],
	['triggers'],
	['resources'],
	['operations', 'methods'],
	['parameters', 'output'],
	['transport'],
	['organisation', 'auth'],
	['http'],
];

const inNodes = (folders) => folders.map((folder) => `./nodes/Uphance/${folder}${folder.includes('*') ? '' : '/**'}`);

const zones = [
	...steps.slice(1).map((folders, index) => ({
		target: inNodes(folders),
		from: [...inNodes(steps.slice(0, index + 1).flat()), './credentials/**'],
		message: 'Imports go one way, see "Folders and imports" in docs/design.md.',
	})),
	{
		target: inNodes(['organisation']),
		from: inNodes(['auth']),
		message: 'auth imports from organisation, not the other way round.',
	},
];

export default [
	...config,
	{ files: ['nodes/**/*.ts'], rules: { 'import-x/no-restricted-paths': ['error', { zones }] } },
	...configWithoutCloudSupport
		.filter((entry) => entry.files?.includes('**/*.ts'))
		.map((entry) => ({ ...entry, files: ['**/*.mts'] })),
	{
		files: ['**/*.mts'],
		rules: {
			'no-console': 'off',
			'@n8n/community-nodes/no-dangerous-functions': 'off',
			'@n8n/community-nodes/no-hardcoded-secrets': 'off',
		},
	},
	{
		files: ['**/*.{ts,mts}'],
		rules: {
			'import-x/order': [
				'error',
				{ groups: ['builtin', 'external', 'parent', 'sibling'], alphabetize: { order: 'asc' } },
			],
		},
	},
];

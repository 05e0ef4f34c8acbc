import { availableParallelism } from 'node:os';

// Workers inherit these. Files are many and short: less time goes into the garbage collector and, on Node 20, which has
// no compiler between its interpreter and its slowest one, into optimizing functions that run a few times more.
process.execArgv.push('--max-semi-space-size=128');
if (process.versions.node.startsWith('20.')) process.execArgv.push('--interrupt-budget=1000000');

export default {
	testEnvironment: 'node',
	runtime: '<rootDir>/test/setup/runtime.cjs',
	roots: ['<rootDir>/test', '<rootDir>/sandbox/uphance'],
	testMatch: ['**/test/!(browser|e2e|queue|saving|soak)/*.test.mts', '**/sandbox/uphance/*.test.mts'],
	moduleFileExtensions: ['ts', 'mts', 'js', 'mjs', 'cjs', 'json', 'node'],
	moduleNameMapper: {
		'^(@n8n/blob-storage|@langchain/core/.*|ssh2|transliteration|undici)$': '<rootDir>/test/setup/unused.cjs',
		'^\\./document\\.mts$': '<rootDir>/docs/uphance.openapi.yaml',
	},
	transform: {
		'\\.yaml$': '<rootDir>/test/setup/yaml.cjs',
		'\\.m?ts$': ['@swc/jest', { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' } }],
	},
	setupFilesAfterEnv: ['<rootDir>/test/setup/ownUserFolder.mts'],
	maxWorkers: availableParallelism() + 2, // tests of waits leave their core to others
	maxConcurrency: 12,
	testTimeout: 20000,
};

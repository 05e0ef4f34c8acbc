import { availableParallelism } from 'node:os';

export default {
	testEnvironment: 'node',
	roots: ['<rootDir>/test', '<rootDir>/sandbox/uphance'],
	testMatch: ['**/test/!(browser|e2e|queue|saving|soak)/*.test.mts', '**/sandbox/uphance/*.test.mts'],
	moduleFileExtensions: ['ts', 'mts', 'js', 'mjs', 'cjs', 'json', 'node'],
	moduleNameMapper: {
		'^(@langchain/core/.*|ssh2|transliteration|undici)$': '<rootDir>/test/setup/unused.cjs',
		'^\\./document\\.mts$': '<rootDir>/docs/uphance.openapi.yaml',
	},
	transform: {
		'\\.yaml$': '<rootDir>/test/setup/yaml.cjs',
		'\\.m?ts$': ['@swc/jest', { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' } }],
	},
	setupFilesAfterEnv: ['<rootDir>/test/setup/ownUserFolder.mts'],
	maxWorkers: availableParallelism() + 1, // tests of waits leave their core to another one
	maxConcurrency: 12,
	testTimeout: 20000,
};

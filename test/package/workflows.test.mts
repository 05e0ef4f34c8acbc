import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';

const root = join(__dirname, '../..');
const folder = join(root, '.github/workflows');
const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

interface Workflow {
	permissions: Record<string, string>;
	jobs: Record<string, { permissions?: object; strategy?: { matrix: object }; steps: Step[] }>;
}

interface Step {
	uses?: string;
	run?: string;
}

describe.each(readdirSync(folder))('The workflow %s', (file) => {
	const workflow: Workflow = parse(readFileSync(join(folder, file), 'utf8'));
	const jobs = Object.values(workflow.jobs);
	const steps = jobs.flatMap((job) => job.steps);

	test('pins every action to a commit', () => {
		const actions = steps.flatMap(({ uses }) => uses ?? []);
		expect(actions).not.toHaveLength(0);
		for (const action of actions) expect(action).toMatch(/^[\w-]+\/[\w-]+@[0-9a-f]{40}$/);
	});

	test('may only read, unless a job says otherwise', () => {
		expect(workflow.permissions).toEqual({ contents: 'read' });
	});

	test('runs scripts that there are', () => {
		const matrices = jobs.flatMap(({ strategy }) => Object.values(strategy?.matrix ?? {}).flat());
		const named = matrices.filter((value) => typeof value === 'string').map((value) => String(value).split(' ')[0]);
		const run = steps.flatMap(({ run = '' }) => /npm (?:run )?(test|[a-z]+:[a-z0-9]+)/.exec(run)?.[1] ?? []);
		for (const name of [...named, ...run]) expect(scripts).toHaveProperty([String(name)]);
		expect([...named, ...run]).not.toHaveLength(0);
	});
});

test('Only publishing gets an identity from GitHub, for npm', () => {
	const withIdentity = readdirSync(folder).filter((file) =>
		readFileSync(join(folder, file), 'utf8').includes('id-token'),
	);
	expect(withIdentity).toEqual(['publish.yml']);
});

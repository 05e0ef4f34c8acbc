import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import type { INodeProperties } from 'n8n-workflow';
import type { Resource } from '../../nodes/Uphance/operations/operation.ts';
import { resources } from '../../nodes/Uphance/resources/index.ts';

/** README's table of operations, made of the node; `npm run generate` writes it. */
const readme = join(__dirname, '../../README.md');
const [begins, ends] = ['<!-- operations -->', '<!-- /operations -->'];

const fieldsOf = ({ operations }: Resource): INodeProperties[] => operations.flatMap(({ fields }) => fields);

/** How one record is found, e.g. "list, ID, number". Other records that an operation needs have rows of their own. */
function waysOf(resource: Resource): string {
	const locator = fieldsOf(resource).find(
		({ type, displayName }) => type === 'resourceLocator' && displayName === resource.option.name,
	);
	return (locator?.modes ?? [])
		.map(({ displayName }) => displayName.replace(/^(From|By) /, ''))
		.map((way) => (/^[A-Z][a-z]/.test(way) ? way.toLowerCase() : way))
		.join(', ');
}

const filtersOf = (resource: Resource): string =>
	fieldsOf(resource)
		.filter(({ name }) => name === 'filters')
		.flatMap(({ options = [] }) => options)
		.map((option) => ('displayName' in option ? option.displayName : option.name))
		.join(', ');

test('README’s table of operations is what the node has', () => {
	const rows = resources.map((resource) => {
		const { option, operations } = resource;
		const names = operations.map((operation) => operation.option.name).join(', ');
		return `| ${[`**${option.name}**`, option.description, names, waysOf(resource), filtersOf(resource)].join(' | ')} |`;
	});
	const table = [
		'| record | what it is | operations | find one by | filters |',
		'| --- | --- | --- | --- | --- |',
		...rows,
	];
	const text = readFileSync(readme, 'utf8');
	const [before = '', rest = ''] = text.split(begins);
	const [shown = '', after] = rest.split(ends);
	if (process.env.WRITE !== undefined) {
		writeFileSync(readme, `${before}${begins}\n\n${table.join('\n')}\n\n${ends}${after}`);
		return;
	}
	const cellsOf = (lines: string[]) =>
		lines.map((line) => line.split('|').map((cell) => cell.trim().replace(/^-+$/, '-')));
	expect(cellsOf(shown.trim().split('\n'))).toEqual(cellsOf(table));
});

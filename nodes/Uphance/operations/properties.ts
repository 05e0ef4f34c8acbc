import type { INodeProperties } from 'n8n-workflow';
import { collection, organisationField } from '../parameters/fields';
import type { Operation, Resource } from './operation';
import { previewField } from './preview';

/** Returns the Resource menu, and for each resource its Operation menu and the fields of its operations. */
export const buildProperties = (resources: Resource[]): INodeProperties[] => [
	{
		displayName: 'Resource',
		name: 'resource',
		type: 'options',
		noDataExpression: true,
		options: resources.map(({ option }) => option),
		default: 'order',
	},
	...resources.flatMap(buildMenu),
];

/**
 * Returns the expression for the text below the node on the canvas: what it does in words, such as "Get many sales
 * orders". n8n's usual one shows the values of the menus, such as "getAll: order".
 */
export function buildSubtitle(resources: Resource[]): string {
	const actions = resources.flatMap(({ option: { value: resource }, operations }) =>
		operations.map(({ option }): [string, string] => [`${resource} ${option.value}`, option.action ?? option.name]),
	);
	const names = JSON.stringify(Object.fromEntries(actions));
	return `={{ (${names})[$parameter["resource"] + " " + $parameter["operation"]] || $parameter["operation"] }}`;
}

/** Returns the Operation menu of a resource, and the fields of each operation, shown when it is selected. */
function buildMenu({ option, operations }: Resource): INodeProperties[] {
	const menu: INodeProperties = {
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: [String(option.value)] } },
		options: operations.map((operation) => operation.option),
		default: 'getAll',
	};
	if (!operations.some((operation) => operation.option.value === menu.default)) menu.default = first(operations);
	return [menu, ...operations.flatMap((operation) => buildFields(String(option.value), operation))];
}

const first = ([operation]: Operation[]): string => String(operation?.option.value ?? '');

function buildFields(resource: string, operation: Operation): INodeProperties[] {
	const { option, fields, options = [], writes, userScoped } = operation;
	const allOptions = [...options, ...(writes ? [previewField] : []), ...(userScoped ? [] : [organisationField])];
	const all = allOptions.length > 0 ? [...fields, collection('Options', 'options', 'option', allOptions)] : fields;
	return all.map((field) => ({
		...field,
		// Does the same as updateDisplayOptions of n8n-nodes-base, whose deep merge takes a tenth of the time that the
		// package needs to load.
		displayOptions: {
			...field.displayOptions,
			show: { ...field.displayOptions?.show, resource: [resource], operation: [option.value] },
		},
	}));
}

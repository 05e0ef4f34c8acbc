import type { INodeProperties } from 'n8n-workflow';
import { collection, organisationField } from '../parameters/fields';
import type { Operation, Resource } from './operation';
import { previewField } from './preview';

/** Returns the Operation menu of a resource, and the fields of each operation, shown when it is selected. */
export function buildProperties({ option, operations }: Resource): INodeProperties[] {
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

import type { INodeProperties } from 'n8n-workflow';
import { updateDisplayOptions } from 'n8n-workflow';
import { organisationField } from './organisationField';
import type { Operation, Resource } from './operation';

/** The Operation menu of a resource and the fields of each operation, shown when it is chosen. */
export function propertiesOf({ option, operations }: Resource): INodeProperties[] {
	const menu: INodeProperties = {
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: [String(option.value)] } },
		options: operations.map((operation) => operation.option),
		default: 'getAll',
	};
	return [menu, ...operations.flatMap((operation) => fieldsOf(String(option.value), operation))];
}

const fieldsOf = (resource: string, { option, fields }: Operation): INodeProperties[] =>
	updateDisplayOptions({ show: { resource: [resource], operation: [String(option.value)] } }, withOptions(fields));

/** Every operation can run for another organisation than the credential's. */
function withOptions(fields: INodeProperties[]): INodeProperties[] {
	const own = fields.find(({ name }) => name === 'options');
	const options: INodeProperties = {
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [...(own?.options ?? []), organisationField],
	};
	return [...fields.filter((field) => field !== own), options];
}

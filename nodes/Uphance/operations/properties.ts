import type { INodeProperties } from 'n8n-workflow';
import { collection, organisationField } from '../parameters/fields';
import type { Operation, Resource } from './operation';

/** The Operation menu of a resource and the fields of each operation, shown when it is chosen. */
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

const buildFields = (
	resource: string,
	{ option, fields, options = [], userScoped: ofUser }: Operation,
): INodeProperties[] =>
	// Whatever belongs to an organisation can be done in another one than the credential's.
	(ofUser ? fields : [...fields, collection('Options', 'options', 'option', [...options, organisationField])]).map(
		(field) => ({
			...field,
			// As n8n's updateDisplayOptions does, whose deep merge takes a tenth of the time to load the package.
			displayOptions: {
				...field.displayOptions,
				show: { ...field.displayOptions?.show, resource: [resource], operation: [option.value] },
			},
		}),
	);

import type { IExecuteFunctions } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import type { Operation, Resource } from './operation';

/** @throws NodeOperationError for a pair that this version does not have, e.g. in a workflow from a newer one */
export function findOperation(context: IExecuteFunctions, resources: Resource[]): Operation {
	const resource = context.getNodeParameter('resource', 0);
	const operation = context.getNodeParameter('operation', 0);
	const found = resources
		.find(({ option }) => option.value === resource)
		?.operations.find(({ option }) => option.value === operation);
	if (found) return found;
	throw new NodeOperationError(
		context.getNode(),
		`This version of the node does not know '${operation}' for '${resource}'`,
		{
			description: 'Choose Resource and Operation again, or install the newest version of n8n-nodes-uphance.',
		},
	);
}

import type { IExecuteFunctions, INodeExecutionData, INodeType, INodeTypeDescription } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { executeItems, findOperation } from './operations/executeItems';
import { buildProperties, buildSubtitle } from './operations/properties';
import { methods, resources } from './resources';

/** The action node. Each resource in `resources/` adds its operations. */
export class Uphance implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Uphance',
		name: 'uphance',
		icon: { light: 'file:uphance.svg', dark: 'file:uphance.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: buildSubtitle(resources),
		description: 'Work with orders, products, stock, invoices and shipments in Uphance, the ERP for apparel brands',
		defaults: { name: 'Uphance' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'uphanceApi', required: true }],
		properties: buildProperties(resources),
	};

	methods = methods;

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await executeItems(this, findOperation(this, resources));
	}
}

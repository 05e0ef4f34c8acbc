import type {
	INode,
	INodeParameters,
	INodeProperties,
	INodeTypeDescription,
	NodeParameterValueType,
} from 'n8n-workflow';
import { NodeHelpers } from 'n8n-workflow';

/** What the editor shows of a saved node: what was saved, and today's defaults for the rest. */
export const opened = (node: INode, type: INodeTypeDescription): INodeParameters =>
	NodeHelpers.getNodeParameters(type.properties, node.parameters, true, false, node, type) ?? {};

/** What the editor saves of a node, as its `getNodeDataToSave` does it: neither defaults nor what is not shown. */
export const kept = (node: INode, type: INodeTypeDescription): INodeParameters =>
	NodeHelpers.getNodeParameters(type.properties, node.parameters, false, false, node, type) ?? {};

/** What n8n marks red in the node. */
export const issues = (node: INode, type: INodeTypeDescription): unknown =>
	NodeHelpers.getNodeParametersIssues(type.properties, { ...node, parameters: opened(node, type) }, type);

export const isShown = (property: INodeProperties, shown: INodeParameters, node: INode, type: INodeTypeDescription) =>
	NodeHelpers.displayParameter(shown, property, node, type);

/** What nobody could have entered: fields that the node does not show, and values that no menu of it offers. */
export function impossible(node: INode, type: INodeTypeDescription): string[] {
	const shown = opened(node, type);
	return impossibleIn(
		type.properties.filter((property) => isShown(property, shown, node, type)),
		node.parameters,
		'',
	);
}

function impossibleIn(properties: INodeProperties[], values: object, path: string): string[] {
	return Object.entries(values).flatMap(([name, value]: [string, NodeParameterValueType]) => {
		const own = properties.filter((property) => property.name === name);
		if (!own.some((property) => offers(property, value))) return `${path}${name}: ${JSON.stringify(value)}`;
		return own.flatMap((property) => impossibleBelow(property, value, `${path}${name}.`));
	});
}

/** Menus whose entries come from Uphance take any value. */
function offers({ type, options = [], typeOptions }: INodeProperties, value: NodeParameterValueType): boolean {
	const isMenu = (type === 'options' || type === 'multiOptions') && !typeOptions?.loadOptionsMethod;
	const entries: unknown[] = options.flatMap((entry) => ('value' in entry ? [entry.value] : []));
	return !isMenu || [value].flat().every((each) => entries.includes(each));
}

function impossibleBelow({ type, options = [] }: INodeProperties, value: NodeParameterValueType, path: string) {
	if (typeof value !== 'object' || value === null) return [];
	if (type === 'collection') {
		const fields = options.flatMap((entry) => ('type' in entry ? [entry] : []));
		return impossibleIn(fields, value, path);
	}
	if (type !== 'fixedCollection') return [];
	return Object.entries(value).flatMap(([name, rows]: [string, unknown]) => {
		const fields = options.flatMap((entry) => ('values' in entry && entry.name === name ? entry.values : []));
		return [rows].flat().flatMap((row) => impossibleIn(fields, Object(row), `${path}${name}.`));
	});
}

import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';

/** Whether an option is on. @throws UserError when its expression yields anything but true or false, also as text */
export function parseBoolean(
	{ name, displayName, default: defaultValue }: INodeProperties,
	options: IDataObject,
): boolean {
	const value = name in options ? options[name] : defaultValue;
	const text = String(value).trim().toLowerCase();
	if (text === 'true' || text === 'false') return text === 'true';
	throw new UserError(`'${displayName}' is neither true nor false: '${String(value)}'`, {
		description: 'Correct its expression, or switch it by hand.',
	});
}

/** Whether a field of the node is on. @throws UserError as above */
export const getBooleanParameter = (context: IExecuteFunctions, field: INodeProperties, item: number): boolean =>
	parseBoolean(field, { [field.name]: context.getNodeParameter(field.name, item, field.default) });

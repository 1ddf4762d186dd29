import * as z from 'zod';

/** The fields of a page, for methods that take them in the body. */
export const PageRequest = { pageSize: z.int().nullish(), pageToken: z.string().nullish() };

/** The same fields as paginate() reads them. */
export function pageQuery(request: {
  pageSize?: number | null | undefined;
  pageToken?: string | null | undefined;
}): URLSearchParams {
  return new URLSearchParams({ pageSize: String(request.pageSize ?? 0), pageToken: request.pageToken ?? '' });
}

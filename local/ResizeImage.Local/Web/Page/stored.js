/**
 * The file of a thumbnail as S3 has it: {file, width, height}. The width and height are those of the pixels, not of a report.
 * @param {string} url a presigned URL
 */
export async function loadStored(url) {
  const response = await fetch(url, { cache: 'no-store' });
  if (!response.ok) throw new Error(`S3 answered ${response.status}.`);
  const file = await response.blob();
  const bitmap = await createImageBitmap(file);
  const { width, height } = bitmap;
  bitmap.close();
  return { file, width, height };
}

-- AlterTable
ALTER TABLE "public"."knowledge_sources" ADD COLUMN     "embedded_by" TEXT;

-- What was embedded so far was embedded by the model its base names.
UPDATE "public"."knowledge_sources" s SET "embedded_by" = b."embedding_model" FROM "public"."knowledge_bases" b
WHERE b."id" = s."base_id"
  AND EXISTS (SELECT FROM "public"."knowledge_chunks" c WHERE c."source_id" = s."id" AND c."embedding" IS NOT NULL);

-- No model meant words only until now.
UPDATE "public"."knowledge_bases" SET "embedding_model" = 'none' WHERE "embedding_model" IS NULL;

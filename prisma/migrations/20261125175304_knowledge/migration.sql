-- CreateTable
CREATE TABLE "public"."knowledge_bases" (
    "id" UUID NOT NULL,
    "owner_id" UUID,
    "name" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "embedding_model" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "knowledge_bases_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "public"."knowledge_chunks" (
    "id" BIGSERIAL NOT NULL,
    "base_id" UUID NOT NULL,
    "source_id" UUID NOT NULL,
    "text" TEXT NOT NULL,
    "words" tsvector NOT NULL,
    "embedding" REAL[],

    CONSTRAINT "knowledge_chunks_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "public"."knowledge_sources" (
    "id" UUID NOT NULL,
    "base_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "content_type" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "chunk_count" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "knowledge_sources_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "knowledge_bases_created_at_id_idx" ON "public"."knowledge_bases"("created_at" ASC, "id" ASC);

-- CreateIndex
CREATE INDEX "knowledge_chunks_base_id_idx" ON "public"."knowledge_chunks"("base_id" ASC);

-- CreateIndex
CREATE INDEX "knowledge_chunks_source_id_idx" ON "public"."knowledge_chunks"("source_id" ASC);

-- CreateIndex
CREATE INDEX "knowledge_chunks_words_idx" ON "public"."knowledge_chunks" USING GIN ("words");

-- CreateIndex
CREATE INDEX "knowledge_sources_base_id_created_at_id_idx" ON "public"."knowledge_sources"("base_id" ASC, "created_at" ASC, "id" ASC);

-- AddForeignKey
ALTER TABLE "public"."knowledge_chunks" ADD CONSTRAINT "knowledge_chunks_base_id_fkey" FOREIGN KEY ("base_id") REFERENCES "public"."knowledge_bases"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "public"."knowledge_chunks" ADD CONSTRAINT "knowledge_chunks_source_id_fkey" FOREIGN KEY ("source_id") REFERENCES "public"."knowledge_sources"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "public"."knowledge_sources" ADD CONSTRAINT "knowledge_sources_base_id_fkey" FOREIGN KEY ("base_id") REFERENCES "public"."knowledge_bases"("id") ON DELETE CASCADE ON UPDATE CASCADE;

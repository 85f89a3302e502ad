// The whole-sample motion search. Upstream's tries few places to start from (for partitions not even the macroblock's own
// vector), stops early where neighbours were no better, and goes down by single steps; it loses whatever moves irregularly.
#include "mode_decision.h"
#include "rate_control.h"
#include "svc_enc_slice_segment.h"
#include "svc_motion_estimate.h"
#include "wels_func_ptr_def.h"

using namespace WelsEnc;

namespace {

// Steps of the hexagon, then of the cross, at the most.
const int kSteps = 8;

// The difference of a macroblock, two codes a sample.
const int32_t kNearlyFound = 512;

// Two samples in six directions.
const int8_t kHexagon[6][2] = {{-2, 0}, {-1, -2}, {1, -2}, {2, 0}, {1, 2}, {-1, 2}};

// The vector of the macroblock whose partitions are searched next, in quarter samples.
thread_local SMVUnitXY whole_vector;

class Search {
 public:
  Search(SWelsFuncPtrList* functions, SDqLayer* layer, SWelsME* motion, SSlice* slice)
      : motion_(motion),
        sad_(functions->sSampleDealingFuncs.pfSampleSad[motion->uiBlockSize]),
        sad4_(functions->sSampleDealingFuncs.pfSample4Sad[motion->uiBlockSize]),
        block_stride_(layer->iEncStride[0]),
        stride_(layer->pRefPic->iLineSize[0]),
        least_(slice->sMvStartMin),
        most_(slice->sMvStartMax),
        best_cost_(INT32_MAX) {}

  // A vector in quarter samples as a place to start from.
  void start(SMVUnitXY vector) { try_at(clip((2 + vector.iMvX) >> 2, (2 + vector.iMvY) >> 2)); }

  // Partitions move about as the macroblock does, and what is nearly found moves no further: both by single steps only.
  void run() {
    const bool is_far = motion_->uiBlockSize == BLOCK_16x16 && best_sad_ > kNearlyFound;
    for (int step = 0; is_far && step < kSteps; ++step) {
      const SMVUnitXY centre = best_;
      for (int at = 0; at < 6; ++at) try_at(centre.iMvX + kHexagon[at][0], centre.iMvY + kHexagon[at][1]);
      if (centre.iMvX == best_.iMvX && centre.iMvY == best_.iMvY) break;
    }
    for (int step = 0; step < kSteps && cross(); ++step) {
    }
  }

  void finish(PSampleSadSatdCostFunc satd) {
    SWelsME& motion = *motion_;
    motion.pRefMb = motion.pColoRefMb + best_.iMvY * stride_ + best_.iMvX;
    motion.sMv.iMvX = best_.iMvX * 4;
    motion.sMv.iMvY = best_.iMvY * 4;
    motion.uiSadCost = best_cost_;
    motion.uSadPredISatd.uiSatd = is_exact() ? 0 : satd(motion.pEncMb, block_stride_, motion.pRefMb, stride_);
    motion.uiSatdCost = motion.uSadPredISatd.uiSatd + vector_cost(best_);
  }

  bool is_exact() const { return best_sad_ == 0; }

 private:
  SMVUnitXY clip(int x, int y) const {
    SMVUnitXY vector;
    vector.iMvX = WELS_CLIP3(x, least_.iMvX, most_.iMvX);
    vector.iMvY = WELS_CLIP3(y, least_.iMvY, most_.iMvY);
    return vector;
  }

  int32_t vector_cost(SMVUnitXY vector) const {
    return COST_MVD(motion_->pMvdCost, vector.iMvX * 4 - motion_->sMvp.iMvX, vector.iMvY * 4 - motion_->sMvp.iMvY);
  }

  void try_at(int x, int y) {
    if (x < least_.iMvX || x > most_.iMvX || y < least_.iMvY || y > most_.iMvY) return;
    SMVUnitXY vector;
    vector.iMvX = x;
    vector.iMvY = y;
    try_at(vector);
  }

  void try_at(SMVUnitXY vector) {
    const int32_t sad =
        sad_(motion_->pEncMb, block_stride_, motion_->pColoRefMb + vector.iMvY * stride_ + vector.iMvX, stride_);
    take(vector, sad, sad + vector_cost(vector));
  }

  void take(SMVUnitXY vector, int32_t sad, int32_t cost) {
    if (cost >= best_cost_) return;
    best_ = vector;
    best_sad_ = sad;
    best_cost_ = cost;
  }

  // The four neighbours at once; whether one was better.
  bool cross() {
    const SMVUnitXY centre = best_;
    if (centre.iMvX <= least_.iMvX || centre.iMvX >= most_.iMvX || centre.iMvY <= least_.iMvY ||
        centre.iMvY >= most_.iMvY)
      return false;
    int32_t sads[4] __attribute__((aligned(16)));
    sad4_(motion_->pEncMb, block_stride_, motion_->pColoRefMb + centre.iMvY * stride_ + centre.iMvX, stride_, sads);
    static const int8_t steps[4][2] = {{0, -1}, {0, 1}, {-1, 0}, {1, 0}};
    for (int at = 0; at < 4; ++at) {
      SMVUnitXY vector = centre;
      vector.iMvX += steps[at][0];
      vector.iMvY += steps[at][1];
      take(vector, sads[at], sads[at] + vector_cost(vector));
    }
    return centre.iMvX != best_.iMvX || centre.iMvY != best_.iMvY;
  }

  SWelsME* motion_;
  PSampleSadSatdCostFunc sad_;
  PSample4SadCostFunc sad4_;
  int32_t block_stride_, stride_;
  SMVUnitXY least_, most_, best_;
  int32_t best_sad_, best_cost_;
};

}  // namespace

void oh264_motion_search(SWelsFuncPtrList* functions, SDqLayer* layer, SWelsME* motion, SSlice* slice) {
  Search search(functions, layer, motion, slice);
  const SMVUnitXY still = {0, 0};
  search.start(motion->sMvp);
  search.start(still);
  if (motion->uiBlockSize == BLOCK_16x16) {
    const OhPictureControl* control = oh264_picture_control;
    if (control->vectors != NULL) {
      const int32_t at = (motion->iCurMeBlockPixY >> 4) * layer->iMbWidth + (motion->iCurMeBlockPixX >> 4);
      SMVUnitXY hint;
      hint.iMvX = static_cast<int16_t>(control->vectors[2 * at] * 4);
      hint.iMvY = static_cast<int16_t>(control->vectors[2 * at + 1] * 4);
      search.start(hint);
    }
    for (uint32_t at = 0; at < slice->uiMvcNum; ++at) search.start(slice->sMvc[at]);
  } else {
    search.start(whole_vector);
  }
  if (!search.is_exact()) search.run();
  search.finish(functions->sSampleDealingFuncs.pfSampleSatd[motion->uiBlockSize]);
  if (motion->uiBlockSize == BLOCK_16x16) whole_vector = motion->sMv;
}
